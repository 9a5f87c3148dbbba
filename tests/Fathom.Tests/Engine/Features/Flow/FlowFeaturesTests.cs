using System.Globalization;
using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Flow;
using Fathom.Host.Verify;

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

    /// <summary>Price × quantity of each price; prices stand a quarter apart.</summary>
    [Theory]
    [InlineData("100x10 100.25x30 100.5x55 100.75x40 101x20 101.25x5", 0.7, 100.5, 100.25, 100.75)]
    [InlineData("100x10 100.25x30 100.5x55 100.75x40 101x20 101.25x5", 1, 100.5, 100, 101.25)]
    [InlineData("100x10 100.25x30 100.5x55 100.75x40 101x20 101.25x5", 0.2, 100.5, 100.5, 100.5)]
    [InlineData("100x20 100.5x20", 0.5, 100, 100, 100)]                  // of equal prices the lower is the point of control
    [InlineData("100x10 100.25x20 100.5x10", 0.7, 100.25, 100.25, 100.5)]      // of equal neighbours the one above comes first
    [InlineData("100x10 103x20 109x11", 0.7, 103, 103, 109)]                 // what was not traded at is no neighbour
    [InlineData("100.1x1 100.13x1 100.125x1", 1, 100.25, 100, 100.25)]         // the nearest bin, in the middle the one above
    public void A_profile_has_its_point_of_control_and_its_value_area(string volumes, double share, double control, double low, double high)
    {
        VolumeProfile profile = new(0.25, share);
        foreach (string[] pair in volumes.Split(' ').Reverse().Select(text => text.Split('x')))
            Take(profile, double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture));
        profile.AsOf(default);
        Assert.Equal([control, low, high], [profile[0], profile[1], profile[2]]);
    }

    /// <summary>A trade as price, venue's sign, mid; "?" is no mid. All in one row of trades.</summary>
    [Theory]
    [InlineData("100,1,99.5", "1")]                            // what the venue says counts
    [InlineData("100,-1,99.5", "-1")]
    [InlineData("100.01,0,100 99.99,0,100", "1 -1")]           // above and below the mid
    [InlineData("100,0,100", "0")]                             // at it, with nothing before
    [InlineData("100,0,? 100,0,?", "0 0")]
    [InlineData("100,0,? 101,0,? 101,0,? 100,0,?", "0 1 1 -1")]      // by the last price that differs
    [InlineData("99,0,99 100,0,100 100,0,100 101,0,101 100,0,100", "0 1 1 1 -1")]
    [InlineData("101,1,100 100,0,100", "1 -1")]                // a trade that the venue signs is a price too
    [InlineData("100.1,0,100.2 100.2,0,100.1", "-1 1")]        // the quote goes before the tick
    public void A_trade_without_a_side_gets_one_by_the_quote_and_then_by_the_tick(string trades, string expected)
    {
        TradeSign sign = new();
        TradeImbalance venueAlone = new(FeatureWindow.Samples(1), isVenueAlone: true);
        List<double> found = [];
        foreach (string[] trade in trades.Split(' ').Select(text => text.Split(',')))
        {
            double mid = trade[2] == "?" ? double.NaN : double.Parse(trade[2], CultureInfo.InvariantCulture);
            TradeSample sample = new(default, double.Parse(trade[0], CultureInfo.InvariantCulture), 1, int.Parse(trade[1], CultureInfo.InvariantCulture), mid - 0.05, mid + 0.05);
            sign.TakeTrade(in sample);
            venueAlone.TakeTrade(in sample);
            found.Add(sign.Value);
        }
        Assert.Equal(expected, string.Join(' ', found));
        Assert.Equal(trades.Contains(",1,", StringComparison.Ordinal) || trades.Contains(",-1,", StringComparison.Ordinal), venueAlone.IsReady);
    }

    [Fact]
    public void A_block_is_judged_by_the_median_of_the_trades_before_it()
    {
        BlockTrade block = new(multiple: 3, trades: 3, valueMin: 450, FeatureWindow.Samples(3));
        (double Quantity, int Sign, double Block, double Share)[] trades =
        [
            (50, 1, double.NaN, double.NaN), (1, 1, double.NaN, double.NaN), (2, -1, double.NaN, double.NaN),      // judged by nothing
            (5, 1, 0, double.NaN), (6, -1, -1, double.NaN), (3, 1, 0, 6.0 / 14), (4, -1, 0, 6.0 / 13), (15, 1, 1, 15.0 / 22),
            (4, 1, 0, 15.0 / 23),
        ];
        foreach ((double quantity, int sign, double isBlock, double share) in trades)
        {
            Take(block, 100, quantity, sign);
            Assert.Equal((isBlock, share), (block[0], block[1]));
        }
        for (int i = 0; i < 3; i++) Take(block, 10, 1);
        Take(block, 10, 44);      // 44 times the median, but of too little value
        Assert.Equal(0, block[0]);
    }

    [Fact]
    public void Large_trades_have_their_share_of_the_window_and_the_taker_pays_twice_the_distance_from_the_mid()
    {
        LargeTradeShare share = new(quantity: 10, FeatureWindow.Samples(2));
        List<double> shares = [];
        foreach (double quantity in (double[])[10, 9.999, 30, 10]) { Take(share, 100, quantity); shares.Add(share.Value); }
        Assert.Equal([double.NaN, 10 / 19.999, 30 / 39.999, 1], shares, (expected, found) => double.IsNaN(expected) ? double.IsNaN(found) : Math.Abs(expected - found) < 1e-15);
        EffectiveSpread spread = new();
        Assert.Equal([double.NaN, 0.06, 0.06, -0.02], ((TradeSample[])[new(default, 100, 1, 1, double.NaN, double.NaN), new(default, 100.03, 1, 1, 99.99, 100.01), new(default, 99.97, 1, 0, 99.99, 100.01), new(default, 99.99, 1, 1, 99.99, 100.01)])
            .Select(trade => { spread.TakeTrade(in trade); return Math.Round(spread.Value, 9); }));
    }

    [Fact]
    public void Before_the_first_trade_nothing_is_known_of_the_flow()
    {
        foreach (FeatureInfo info in FeatureCatalog.All.Where(info => info.Family == FeatureFamily.Flow || info.Name is "kyle_lambda" or "vpin"))
        {
            TapeFeature feature = (TapeFeature)info.Create(ArgumentDraw.Defaults(info));
            if (feature.FollowsSessions) feature.OpenSession();
            if (feature.FollowsTime) feature.AsOf(new Timestamp(1_000_000_000));
            foreach ((double price, double quantity) in new[] { (double.NaN, 1.0), (double.PositiveInfinity, 1), (100, 0), (100, double.NaN), (100, -1) }) Take(feature, price, quantity);      // no trades
            if (feature.FollowsTime) feature.AsOf(new Timestamp(2_000_000_000));
            for (int output = 0; output < feature.OutputCount; output++) Assert.True(double.IsNaN(feature[output]), $"{info.Name}, output {output}: {feature[output]:R}");
        }
    }

    [Fact]
    public void A_session_begins_with_nothing_known_and_what_was_before_it_counts_no_more()
    {
        Assert.Equal(["cvd", "volume_profile", "vwap", "vwap_bands"], FeatureCatalog.All.Where(info => info.Create(ArgumentDraw.Defaults(info)).FollowsSessions).Select(info => info.Name).Order(StringComparer.Ordinal));
        (TradeFeature Feature, double First, double Second)[] features = [(new CumulativeVolumeDelta(), 4, -3), (new Vwap(), 100, 200), (new VolumeProfile(1), 100, 200)];
        foreach ((TradeFeature feature, double first, double second) in features)
        {
            Take(feature, 100, 4);
            feature.AsOf(default);
            Assert.Equal(first, feature.Value);
            feature.OpenSession();
            feature.AsOf(default);
            for (int output = 0; output < feature.OutputCount; output++) Assert.Equal(double.NaN, feature[output]);
            Take(feature, 200, 3, -1);
            feature.AsOf(default);
            Assert.Equal(second, feature.Value);
        }
    }

    [Fact]
    public void Signed_volume_of_a_number_of_trades_passes_over_those_without_a_side()
    {
        SignedVolume volume = new(FeatureWindow.Samples(2), isVenueAlone: true);
        List<double> found = [];
        foreach (double signed in (double[])[3, 0, -5, 1, 0, 4])
        {
            Take(volume, 100, signed == 0 ? 9 : Math.Abs(signed), Math.Sign(signed));
            found.Add(volume.Value);
        }
        Assert.Equal([double.NaN, double.NaN, -2, -4, -4, 5], found);
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

    private static void Take(TapeFeature feature, double price, double quantity, int sign = 1) => feature.TakeTrade(new TradeSample(default, price, quantity, sign, double.NaN, double.NaN));
}
