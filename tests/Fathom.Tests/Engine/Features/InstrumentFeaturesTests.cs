using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Loop;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Features;

public class InstrumentFeaturesTests
{
    private readonly AttentiveStrategy _strategy = new();
    private InstrumentFeatures _features = null!;

    [Fact]
    public void The_values_of_a_book_of_ten_at_100_and_twelve_at_100_02()
    {
        using EngineRig rig = ARig();
        rig.Quote(100.00m, 100.02m, bidQuantity: 10m, askQuantity: 12m);
        Assert.Equal(EngineRig.Crude, _features.Instrument);
        Assert.Equal((Price.From(100.00m), Price.From(100.02m)), (_features.Bid, _features.Ask));
        Assert.Equal(-1.0 / 11, _features.Imbalance, 15);
        Assert.Equal(100.0090909091, _features.WeightedMid, 10);
        Assert.Equal(100.01, _features.Mid, 12);
        Assert.Equal(0.02, _features.Spread, 15);
    }

    [Theory]
    [InlineData("one side")]
    [InlineData("stale")]
    [InlineData("locked")]
    [InlineData("crossed")]
    public void Nothing_is_known_while_the_book_says_nothing(string trouble)
    {
        using EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m);
        switch (trouble)
        {
            case "one side": rig.Quote(10.00m, null); break;
            case "stale": rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true, BookFlags.MaybeBadBook); break;
            case "locked": rig.Quote(10.02m, 10.02m); break;
            case "crossed": rig.Quote(10.05m, 10.02m); break;
        }
        Assert.True(_features.Bid.IsNone && _features.Ask.IsNone);
        Assert.All([_features.Mid, _features.WeightedMid, _features.Spread, _features.Imbalance], value => Assert.Equal(double.NaN, value));
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(10.01, _features.Mid, 12);
    }

    [Fact]
    public void A_best_level_that_changes_its_quantity_alone_changes_the_values()
    {
        using EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(0.0, _features.Imbalance);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 10.00m, isLast: true, quantity: 20m);
        Assert.Equal(0.5, _features.Imbalance);
    }

    [Fact]
    public void Values_are_evaluated_when_somebody_reads_them_and_once_per_event()
    {
        using EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(0, _features.Evaluations);
        _ = _features.Mid + _features.Imbalance + _features.Spread;
        Assert.Equal(1, _features.Evaluations);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 9.00m, isLast: false);
        _ = _features.Mid;
        Assert.Equal(1, _features.Evaluations);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 9.00m, isLast: true);
        _ = _features.Mid;
        Assert.Equal(2, _features.Evaluations);
    }

    [Fact]
    public void Trades_count_by_their_aggressor_within_the_window_up_to_the_engines_clock()
    {
        using EngineRig rig = ARig(window: Duration.FromMilliseconds(100));
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(double.NaN, _features.TradeImbalance);
        rig.Trade(Side.Buy, 10.02m, 3m).Trade(Side.Sell, 10.00m, 1m);
        Timestamp last = rig.Now;
        Assert.Equal(0.5, _features.TradeImbalance);
        rig.Reach(last + Duration.FromMilliseconds(98));
        Assert.Equal(0.5, _features.TradeImbalance);
        rig.Reach(last + Duration.FromMilliseconds(99));      // the first trade is 100 ms old: nobody asked the context for the features again
        Assert.Equal(-1.0, _features.TradeImbalance);
    }

    [Fact]
    public void Features_come_behind_the_book_of_the_same_event_and_trades_before_it()
    {
        using EngineRig rig = ARig();
        rig.Trade(Side.Buy, 10.02m, 3m, isLast: false);
        Assert.Equal("OnTrade", _strategy.Calls[^1]);
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(["OnTrade", "OnQuote", "OnBook", "OnFeatures"], _strategy.Calls[^4..]);
    }

    private EngineRig ARig(Duration? window = null)
    {
        EngineRig rig = new([new NamedStrategy("one", _strategy)], tradeWindow: window);
        rig.Define();
        _strategy.Features = (_, features) => _features = features;
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        return rig;
    }
}
