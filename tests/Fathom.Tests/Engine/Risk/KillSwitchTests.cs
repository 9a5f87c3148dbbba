using Fathom.Domain.Values;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Risk;

public class KillSwitchTests
{
    [Fact]
    public void Turning_it_on_or_off_twice_changes_nothing()
    {
        KillSwitch kill = new();
        Assert.False(kill.TryTurnOff());
        Assert.True(kill.TryTurnOn(new Timestamp(3)));
        Assert.False(kill.TryTurnOn(new Timestamp(4)));
        Assert.Equal((true, new Timestamp(3)), (kill.IsOn, kill.Since));
        Assert.True(kill.TryTurnOff());
        Assert.Equal((false, Timestamp.None), (kill.IsOn, kill.Since));
    }
}
