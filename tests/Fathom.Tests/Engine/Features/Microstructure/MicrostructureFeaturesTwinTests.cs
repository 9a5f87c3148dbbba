using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Microstructure;
using Fathom.Twins.SlowFeatures;

namespace Fathom.Tests.Engine.Features.Microstructure;

public class MicrostructureFeaturesTwinTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    [InlineData(0, 4_000)]
    [InlineData(0, 333)]
    public void Order_flow_is_that_of_the_slow_twin(int count, int milliseconds)
    {
        FeatureWindow window = TapeTwin.Window(count, milliseconds);
        TapeTwin.Check(() => new OrderFlowImbalance(window), rows => SlowQuoteFlow.Imbalance(rows, TapeTwin.Slow(window)), ofPrices: 0);
    }

    [Theory]
    [InlineData(1, 5, 0)]
    [InlineData(3, 6, 0)]
    [InlineData(10, 0, 4_000)]
    public void Order_flow_of_several_levels_is_that_of_the_slow_twin(int levels, int count, int milliseconds)
    {
        FeatureWindow window = TapeTwin.Window(count, milliseconds);
        TapeTwin.Check(() => new DeepOrderFlowImbalance(levels, window), rows => SlowQuoteFlow.DeepImbalance(rows, levels, TapeTwin.Slow(window)), ofPrices: 0);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(2_500)]
    public void The_rate_of_the_mid_is_that_of_the_slow_twin(int milliseconds)
    {
        Duration window = Duration.FromMilliseconds(milliseconds);
        TapeTwin.Check(() => new MidRate(window), rows => SlowQuoteFlow.MidRate(rows, window.Nanos), ofPrices: 1);
    }

    [Theory]
    [InlineData(1, 0, 4, false, false)]
    [InlineData(3, 0, 5, false, true)]
    [InlineData(2, 0, 4, true, false)]
    [InlineData(0, 3_000, 3, false, false)]
    public void Kyles_lambda_is_that_of_the_slow_twin(int count, int milliseconds, int buckets, bool isThroughOrigin, bool isVenueAlone)
    {
        FeatureWindow bucket = TapeTwin.Window(count, milliseconds);
        TapeTwin.Check(() => new KyleLambda(bucket, buckets, isThroughOrigin, isVenueAlone),
            rows => SlowTradeFlow.KyleLambda(rows, TapeTwin.Slow(bucket), buckets, isThroughOrigin, isVenueAlone), ofPrices: 4);
    }
}
