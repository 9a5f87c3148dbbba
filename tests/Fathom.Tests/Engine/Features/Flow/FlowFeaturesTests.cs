using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Flow;

namespace Fathom.Tests.Engine.Features.Flow;

public class FlowFeaturesTests
{
    [Fact]
    public void Five_trades_give_the_reference_vwap_and_delta()
    {
        Vwap vwap = new();
        CumulativeVolumeDelta delta = new();
        foreach ((double price, double quantity, int sign) in new[] { (100.01, 3.0, 1), (100.02, 5.0, 1), (100.00, 4.0, -1), (100.01, 1.0, 1), (99.99, 10.0, -1) })
        {
            TradeSample trade = new(default, price, quantity, sign, double.NaN, double.NaN);
            vwap.TakeTrade(in trade);
            delta.TakeTrade(in trade);
        }
        Assert.Equal(100.00173913043479, vwap.Value, 1e-12);
        Assert.Equal(-5, delta[0]);
    }

    [Fact]
    public void Intensity_equals_the_reference_after_the_last_trade_and_a_second_later()
    {
        TradeIntensity intensity = new(Duration.FromMilliseconds(1000));
        foreach (long at in new long[] { 0, 500, 600, 2000, 2100, 2200, 5000 })
        {
            TradeSample trade = new(new Timestamp(at * 1_000_000), 100, 1, 1, double.NaN, double.NaN);
            intensity.TakeTrade(in trade);
        }
        Assert.Equal(1.1957446344898854, intensity.Value, 1e-12);
        intensity.AsOf(new Timestamp(6_000_000_000));
        Assert.Equal(0.4398898679198896, intensity.Value, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Signed_volume_equals_its_slow_twin(int seed)
    {
        const long window = 2_000_000_000;
        SignedVolume volume = new(FeatureWindow.Of(new Duration(window)), isVenueAlone: true);
        List<TradeSample> signed = [];
        foreach (TapeRow row in TapeMarket.Of(seed, 2_000))
        {
            row.ShowTo(volume);
            if (row.Trade is { Sign: not 0 } trade) signed.Add(trade);
            double expected = signed.Count == 0 ? double.NaN : signed.Where(t => t.Time + new Duration(window) > row.Time).Sum(t => t.Sign * t.Quantity);
            Assert.Equal(expected, volume.Value, 1e-9);
        }
    }
}
