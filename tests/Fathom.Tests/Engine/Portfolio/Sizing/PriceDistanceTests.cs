using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Tests.Engine.Portfolio.Sizing;

public class PriceDistanceTests
{
    [Theory]
    [InlineData(5, 0, 100, 0.05, 0.25)]
    [InlineData(0, 10, 100, 0.01, 0.10)]
    [InlineData(0, 12.5, 100, 0.01, 0.12)]      // 0.125: no more than stated
    [InlineData(0, 0.1, 100, 0.01, 0.01)]       // at least a tick
    [InlineData(0, 100, -40, 0.01, 0.40)]
    public void Is_whole_ticks(long ticks, double bps, double price, double tick, double expected) =>
        Assert.Equal((decimal)expected, new PriceDistance(ticks, (decimal)bps).At(Price.From((decimal)price), Price.From((decimal)tick)).ToDecimal());

    [Fact]
    public void Stops_at_the_last_price() =>
        Assert.Equal(long.MaxValue - 1, PriceDistance.OfBps(PriceDistance.BpsMax).At(new Price(long.MaxValue - 1), new Price(1)).Nanos);
}
