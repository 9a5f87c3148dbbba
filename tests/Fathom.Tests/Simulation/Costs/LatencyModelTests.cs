using Fathom.Domain.Values;
using Fathom.Simulation.Costs;

namespace Fathom.Tests.Simulation.Costs;

public class LatencyModelTests
{
    [Theory]
    [InlineData(-1, 0, 0, "entry")]
    [InlineData(0, -1, 0, "response")]
    [InlineData(0, 0, -1, "feed")]
    public void Negative_latency_is_refused_by_name(long entry, long response, long feed, string name)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new LatencyModel(new Duration(entry), new Duration(response), new Duration(feed)));

        Assert.Equal(name, error.ParamName);
    }
}
