using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Indicators;
using Fathom.Engine.Features.Pipeline;
using Fathom.Market.Books.Bars;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Features.Pipeline;

public class FeaturePipelineTests
{
    private static readonly InstrumentId Gold = new(1);

    private readonly AttentiveStrategy _strategy = new();
    private FeatureHandle _asked, _other;

    [Fact]
    public void A_feature_of_bars_follows_their_closes_and_is_there_when_the_strategy_is_told_of_the_bar()
    {
        List<double> seen = [], closes = [];
        _strategy.Start = context =>
        {
            context.SubscribeBars(BarSpec.Parse("1t"));
            _asked = context.AddFeature(FeatureSpec.Of("sma", "bars.1t").With("period", 2));
        };
        _strategy.Bar = (context, bar) =>
        {
            closes.Add(bar.Close.ToDouble());
            seen.Add(context.Vector(bar.Instrument)[_asked]);
        };
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m).Trade(Side.Buy, 10.02m, 1m).Trade(Side.Buy, 10.04m, 1m).Trade(Side.Sell, 10.00m, 1m);
        Assert.Equal([10.02, 10.04, 10.00], closes);
        Assert.Equal([double.NaN, (10.02 + 10.04) / 2, (10.04 + 10.00) / 2], seen, Near);
        Assert.Equal("sma_2@bars.1t", rig.Engine.Features[EngineRig.Crude].Names[_asked.First]);
    }

    [Fact]
    public void A_feature_of_the_mid_follows_it_when_it_moves_and_not_else()
    {
        List<double> seen = [];
        _strategy.Start = context => _asked = context.AddFeature(FeatureSpec.Of("sma", "mid").With("period", 2));
        _strategy.Book = (context, book) => seen.Add(context.Vector(book.Instrument)[_asked]);
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m).Quote(10.00m, 10.02m).Quote(10.02m, 10.04m).Quote(10.04m, 10.06m);
        Assert.Equal([double.NaN, double.NaN, 10.02, 10.04], seen.Where((_, i) => i is 0 or 1 || i == seen.Count - 2 || i == seen.Count - 1).TakeLast(4).ToList(), Near);
    }

    [Fact]
    public void Who_asks_for_the_same_shares_it_and_names_are_each_there_once()
    {
        _strategy.Start = context =>
        {
            _asked = context.AddFeature(FeatureSpec.Of("rsi", "bars.1m").With("period", 14));
            _other = context.AddFeature(FeatureSpec.Of("rsi", "bars.1m"));      // 14 is its default
            Assert.Throws<InputException>(() => context.AddFeature(FeatureSpec.Of("rsi", "bars.1m") with { As = "rsi_14@bars.1m" }));
        };
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Equal(_asked, _other);
        Assert.Equal(["rsi_14@bars.1m"], rig.Engine.Features.Plan.Columns);
    }

    [Fact]
    public void The_configured_vector_comes_first_and_what_strategies_ask_for_stands_behind_it()
    {
        _strategy.Start = context => _asked = context.AddFeature(FeatureSpec.Of("atr", "bars.1m"));
        using EngineRig rig = WithVector(FeatureSpec.Of("rsi", "bars.1m") with { As = "r" }, FeatureSpec.Of("sma", "mid"));
        rig.Define().Quote(10.00m, 10.02m);
        FeatureVector vector = rig.Engine.Features[EngineRig.Crude];
        Assert.Equal(["r", "sma_20@mid", "atr_14@bars.1m"], vector.Names.ToArray());
        Assert.Equal((2, new FeatureHandle(2, 1), false), (vector.ConfiguredCount, _asked, vector.IsComplete));
    }

    [Fact]
    public void A_feature_may_follow_another_one_and_is_computed_behind_it()
    {
        List<double> mids = [];
        _strategy.Quote = (_, prices) => mids.Add((prices.Bid.Price.ToDouble() + prices.Ask.Price.ToDouble()) / 2);
        using EngineRig rig = WithVector(FeatureSpec.Of("sma", "mid").With("period", 2) with { As = "slow" }, FeatureSpec.Of("sma", "slow").With("period", 2) with { As = "slower" });
        rig.Define().Quote(10.00m, 10.02m);
        foreach (decimal up in (decimal[])[0.02m, 0.04m, 0.06m]) rig.Quote(10.00m + up, 10.02m + up);
        double[] values = rig.Engine.Features[EngineRig.Crude].Values.ToArray();
        SimpleMovingAverage slow = new(2), slower = new(2);
        foreach (double mid in mids)
        {
            slow.Add(mid);
            slower.Add(slow.Value);
        }
        Assert.Equal([slow.Value, slower.Value], values);
        Assert.True(double.IsFinite(slower.Value));
    }

    [Fact]
    public void A_feature_of_one_instrument_is_read_in_the_vectors_of_all()
    {
        using EngineRig rig = WithVector(FeatureSpec.Of("sma", "mid").With("period", 1) with { Instrument = "GC", As = "gold" }, FeatureSpec.Of("sma", "gold").With("period", 1) with { As = "own" });
        rig.Define().Define(Gold, symbol: "GC").Quote(10.00m, 10.02m);
        Assert.Equal([double.NaN, double.NaN], rig.Engine.Features[EngineRig.Crude].Values.ToArray());
        rig.Quote(20.00m, 20.02m, Gold);
        Assert.Equal(20.01, rig.Engine.Features[EngineRig.Crude].Values[0], 12);
        Assert.Equal(20.01, rig.Engine.Features[Gold].Values[1], 12);
        Assert.Equal(20.01, rig.Engine.Features[EngineRig.Crude].Values[1], 12);      // what follows it is each instrument's own, fed from there
    }

    [Fact]
    public void A_pair_takes_the_same_series_of_both_instruments_whichever_is_seen_first()
    {
        foreach (bool isReversed in (bool[])[false, true])
        {
            List<string> taken = [];
            _strategy.Start = context => context.AddFeature(FeatureSpec.Of("meeting", "mid") with { Other = "GC", Instrument = "CL" }, () => new Meeting(taken));
            using EngineRig rig = new(_strategy);
            rig.Define().Define(Gold, symbol: "GC");
            Assert.Empty(taken);
            if (isReversed) rig.Quote(20.00m, 20.02m, Gold).Quote(10.00m, 10.02m);
            else rig.Quote(10.00m, 10.02m).Quote(20.00m, 20.02m, Gold);
            rig.Quote(20.02m, 20.04m, Gold);
            Assert.Contains("second 20.03", taken);
            Assert.Contains("first 10.01", taken);
            Assert.DoesNotContain(taken, text => text.StartsWith("first 2", StringComparison.Ordinal));
            Assert.Empty(rig.Engine.Features.Unmet());
        }
    }

    [Fact]
    public void What_could_never_be_computed_is_told()
    {
        _strategy.Start = context => context.AddFeature(FeatureSpec.Of("meeting", "mid") with { Other = "SI" }, () => new Meeting([]));
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m);
        (PlannedFeature feature, string symbol) = rig.Engine.Features.Unmet().First();
        Assert.Equal(("meeting@mid~SI", "SI"), (feature.Key.TrimEnd('|'), symbol));
    }

    [Fact]
    public void What_follows_from_the_newest_book_alone_is_computed_when_it_is_read_and_once_per_event()
    {
        _strategy.Start = context =>
        {
            _asked = context.AddFeature(FeatureSpec.Of("touch"), static () => new Touch(depth: 1, isOfMoment: true));
            _other = context.AddFeature(FeatureSpec.Of("depths"), static () => new Touch(depth: 3, isOfMoment: true));
        };
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m).Quote(10.00m, 10.04m).Quote(9.98m, 10.02m);
        FeatureVector vector = rig.Engine.Features[EngineRig.Crude];
        Assert.Equal(0, vector.Evaluations);
        Assert.Equal(0.04, vector[_asked], 12);
        Assert.Equal(0.04, vector[_other], 12);
        Assert.Equal(1, vector.Evaluations);
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(0.02, vector[_asked], 12);
    }

    [Fact]
    public void A_feature_of_the_book_is_told_of_every_event_and_of_sides_that_are_empty()
    {
        Touch touch = new(depth: 2, isOfMoment: false);
        _strategy.Start = context => _asked = context.AddFeature(FeatureSpec.Of("touch"), () => touch);
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m);
        long before = touch.Count;
        rig.Quote(10.00m, null);
        Assert.True(touch.Count > before);
        Assert.Equal((1, 0), touch.Sides);
        Assert.True(double.IsNaN(rig.Engine.Features[EngineRig.Crude][_asked]));
    }

    [Fact]
    public void Trades_come_with_the_best_prices_of_the_last_sound_book_before_them()
    {
        List<TradeSample> trades = [];
        _strategy.Start = context => context.AddFeature(FeatureSpec.Of("prints"), () => new Prints(trades));
        using EngineRig rig = new(_strategy);
        rig.Define().Trade(Side.Sell, 9.99m, 2m).Quote(10.00m, 10.02m).Trade(Side.Buy, 10.02m, 3m);
        Assert.Equal([(9.99, 2, -1), (10.02, 3, 1)], trades.Select(trade => (trade.Price, trade.Quantity, trade.Sign)));
        Assert.True(double.IsNaN(trades[0].Mid));
        Assert.Equal(10.01, trades[1].Mid, 12);
    }

    [Fact]
    public void A_feature_that_follows_sessions_begins_anew_before_the_first_sample_of_one()
    {
        Sessions sessions = new();
        _strategy.Start = context => context.AddFeature(FeatureSpec.Of("sessions", "mid"), () => sessions);
        using EngineRig rig = new(_strategy);
        rig.Define();
        rig.Quote(10.00m, 10.02m).Quote(10.02m, 10.04m);
        Assert.Equal(["open", "10.01", "10.03"], sessions.Told.Where(told => told == "open" || told.StartsWith("10.0", StringComparison.Ordinal)).Distinct());
        sessions.Told.Clear();
        rig.Now = new Timestamp(2 * 86_400_000_000_000L);
        rig.Quote(10.04m, 10.06m);
        Assert.Equal(1, sessions.Told.Count(told => told == "open"));
        Assert.Equal("open", sessions.Told[0]);
    }

    [Fact]
    public void Nothing_trades_before_all_that_the_strategy_asked_for_was_known_of_the_instrument()
    {
        _strategy.Start = context =>
        {
            context.AddFeature(FeatureSpec.Of("sma", "trades").With("period", 2));
            context.AddFeature(FeatureSpec.Of("sma", "mid").With("period", 1));
        };
        _strategy.Trade = (context, trade) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m).Trade(Side.Buy, 10.02m, 1m);
        OrderEvent refused = Assert.Single(_strategy.Changes);
        Assert.Equal((OrderStatus.Refused, ReasonCode.FeatureWarmUp, 2L, 1L), (refused.To, refused.Reason, refused.Limit, refused.Found));
        rig.Trade(Side.Buy, 10.02m, 1m);
        Assert.Single(rig.Sent);
    }

    [Fact]
    public void Features_are_asked_for_in_OnStart_and_read_after_it()
    {
        List<Exception?> mistakes = [];
        _strategy.Start = context => mistakes.Add(Record.Exception(() => context.Vector(EngineRig.Crude)));
        _strategy.Book = (context, _) => mistakes.Add(Record.Exception(() => context.AddFeature(FeatureSpec.Of("sma", "mid"))));
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m);
        Assert.True(mistakes.Count >= 2);
        Assert.All(mistakes, mistake => Assert.IsType<InvalidOperationException>(mistake));
    }

    [Theory]
    [InlineData("rsl", "bars.1m", "Did you mean 'rsi'?")]
    [InlineData("rsi", "", "State on")]
    [InlineData("rsi", "bras.1m", "State on")]
    [InlineData("rsi", "bars.1x", "bars.1m")]
    [InlineData("rsi", "mdi", "Did you mean \"mid\"?")]
    [InlineData("atr", "mid", "State on")]
    [InlineData("atr", "bars.1m.high", "bars.1m")]
    public void What_cannot_be_had_is_refused_with_what_can(string name, string on, string fix)
    {
        InputException refused = Assert.Throws<InputException>(() => new FeaturePlan().Add(FeatureSpec.Of(name, on)));
        Assert.Contains(fix, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("period", "0")]
    [InlineData("period", "2000000")]
    [InlineData("period", "5m")]
    [InlineData("priod", "5")]
    public void Arguments_that_make_no_sense_are_refused(string parameter, string text) =>
        Assert.Throws<InputException>(() => new FeaturePlan().Add(FeatureSpec.Of("rsi", "mid").With(parameter, text)));

    [Fact]
    public void A_spec_with_another_argument_leaves_the_one_it_was_made_from_as_it_was()
    {
        FeatureSpec one = FeatureSpec.Of("bollinger", "mid").With("period", 5), two = one.With("period", 7).With("deviations", 1);
        Assert.Equal(("5", "7", 2), (one.Arguments["period"], two.Arguments["period"], two.Arguments.Count));
    }

    [Fact]
    public void A_mistake_in_OnStart_ends_the_run_with_its_message_instead_of_halting_the_strategy()
    {
        _strategy.Start = context => context.AddFeature(FeatureSpec.Of("rsl", "mid"));
        using EngineRig rig = new(_strategy);
        Assert.Throws<InputException>(() => rig.Define().Quote(10.00m, 10.02m));
    }

    private EngineRig WithVector(params FeatureSpec[] vector) => new(_strategy, more: options => options with { Features = vector });

    private static bool Near(double expected, double found) => double.IsNaN(expected) ? double.IsNaN(found) : Math.Abs(expected - found) < 1e-12;

    private sealed class Meeting(List<string> taken) : PairFeature
    {
        private bool _first, _second;

        public override bool HasOverlap => _first && _second;

        protected override void Clear() => (_first, _second) = (false, false);

        protected override void TakeFirst(Timestamp time, double value) => Take("first", value, ref _first);

        protected override void TakeSecond(Timestamp time, double value) => Take("second", value, ref _second);

        private void Take(string which, double value, ref bool seen)
        {
            seen = true;
            taken.Add(FormattableString.Invariant($"{which} {Math.Round(value, 6)}"));
        }
    }

    private sealed class Touch(int depth, bool isOfMoment) : TapeFeature
    {
        public long Count { get; private set; }
        public (int Bids, int Asks) Sides { get; private set; }
        public override bool TakesBook => true;
        public override bool IsOfMoment => isOfMoment;
        public override int Depth => depth;

        protected override void Clear() => Count = 0;

        public override void TakeBook(BookSample book)
        {
            Count++;
            Sides = (book.BidCount, book.AskCount);
            Set(book.IsSound ? book.Ask - book.Bid : double.NaN);
        }
    }

    private sealed class Prints(List<TradeSample> trades) : TapeFeature
    {
        public override bool TakesTrades => true;

        protected override void Clear() { }

        public override void TakeTrade(in TradeSample trade) => trades.Add(trade);
    }

    private sealed class Sessions : ValueFeature
    {
        public List<string> Told { get; } = [];
        public override bool FollowsSessions => true;

        public override void OpenSession() => Told.Add("open");

        protected override void Clear() { }

        protected override void Take(Timestamp time, double value) => Told.Add(FormattableString.Invariant($"{Math.Round(value, 6)}"));
    }
}
