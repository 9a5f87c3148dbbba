using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class LogReturnTests
{
    [Fact]
    public void Is_of_the_value_before_that_has_one()
    {
        LogReturn change = new();
        Assert.Equal(double.NaN, After(change, 0, -2, 100));
        Assert.Equal(Math.Log(1.25), After(change, 125), 1e-15);
        Assert.Equal(Math.Log(0.8), After(change, 0, 100), 1e-15);
    }
}
