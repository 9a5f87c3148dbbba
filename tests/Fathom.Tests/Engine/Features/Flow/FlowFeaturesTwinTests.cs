using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Flow;
using Fathom.Twins.SlowFeatures;

namespace Fathom.Tests.Engine.Features.Flow;

public class FlowFeaturesTwinTests
{
    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(6, 0, false)]
    [InlineData(6, 0, true)]
    [InlineData(0, 5_000, false)]
    [InlineData(0, 700, true)]
    public void Trade_imbalance_is_that_of_the_slow_twin(int count, int milliseconds, bool isVenueAlone)
    {
        FeatureWindow window = TapeTwin.Window(count, milliseconds);
        TapeTwin.Check(() => new TradeImbalance(window, isVenueAlone), rows => SlowTradeFlow.Imbalance(rows, TapeTwin.Slow(window), isVenueAlone), ofPrices: 0);
    }

    [Fact]
    public void The_sessions_average_price_is_that_of_the_slow_twin() => TapeTwin.Check(() => new Vwap(), SlowTradeFlow.SessionVwap, ofPrices: 1);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(8, 0)]
    [InlineData(0, 6_000)]
    public void The_average_price_of_a_window_is_that_of_the_slow_twin(int count, int milliseconds)
    {
        FeatureWindow window = TapeTwin.Window(count, milliseconds);
        TapeTwin.Check(() => new RollingVwap(window), rows => SlowTradeFlow.RollingVwap(rows, TapeTwin.Slow(window)), ofPrices: 1);
    }
}
