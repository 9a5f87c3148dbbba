using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Market.Books.Bars;
using Fathom.Market.Universe;

namespace Fathom.Tests.Engine.Loop;

/// <summary>When bars close, who is told, and in which order.</summary>
public class TradingEngineBarsTests
{
    private static readonly Timestamp Minute = new(60_000_000_000);
    private static readonly BarSpec OneMinute = BarSpec.Parse("1m"), TwoTrades = BarSpec.Parse("2t");

    private readonly AttentiveStrategy _strategy = new();
    private readonly List<string> _told = [];

    [Fact]
    public void A_bar_of_time_closes_at_its_time_even_when_no_data_comes()
    {
        using EngineRig rig = ARig("1m");
        _strategy.Bar = (context, bar) =>
        {
            Assert.Equal((Minute, Minute), (bar.CloseTime, context.Clock));
            Assert.Equal(bar, context.Bars(bar.Instrument, bar.Spec)[0]);
        };
        rig.Define().Quote(10.00m, 10.02m);
        Assert.True(rig.Engine.NextWake.IsNone);
        rig.Trade(Side.Buy, 10.02m, 1m, isLast: false);
        Assert.Equal(Minute, rig.Engine.NextWake);
        Assert.DoesNotContain("OnBar", _strategy.Calls);
        rig.Reach(Minute);
        Assert.Contains("OnBar", _strategy.Calls);
        Assert.True(rig.Engine.NextWake.IsNone);
        Assert.Null(Failure(rig));
    }

    [Fact]
    public void Where_nobody_wakes_the_engine_the_first_input_after_it_closes_the_bar_before_it_is_applied()
    {
        using EngineRig rig = ARig("1m");
        Price seen = default;
        _strategy.Bar = (context, _) =>
        {
            seen = context.Features(EngineRig.Crude).Bid;
            context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        };
        rig.Define().Quote(10.00m, 10.02m).Trade(Side.Buy, 10.02m, 1m);
        rig.Now = Minute + new Duration(5_000_000);
        _strategy.Calls.Clear();
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 10.01m, isLast: false);       // the middle of an event, after which nobody is woken
        Assert.Equal(["OnBar"], _strategy.Calls);
        Assert.Equal((Price.From(10.00m), 1), (seen, rig.Sent.Count));
        Assert.Equal(rig.Sent[0].Header.EventTime + new RecoveryOptions().CreationTimeout, rig.Engine.NextWake);      // nothing but the answer to the order is awaited
    }

    [Fact]
    public void Who_listens_to_nothing_but_bars_is_woken_for_them_too()
    {
        BarsOnly strategy = new();
        using EngineRig rig = new(strategy);
        rig.Define().Quote(10.00m, 10.02m);
        Assert.Equal(new Timestamp(2_000_000_000), rig.Engine.NextWake);              // of quotes
        rig.Reach(rig.Engine.NextWake).Trade(Side.Buy, 10.02m, 1m, isLast: false);
        Assert.Equal(Minute, rig.Engine.NextWake);
        rig.Now = Minute;
        rig.Trade(Side.Buy, 10.02m, 1m, isLast: false);
        Assert.Equal((2, new Timestamp(2 * Minute.Nanos)), (strategy.Bars, rig.Engine.NextWake));
    }

    [Fact]
    public void At_one_moment_bars_of_time_come_before_timers_and_both_before_the_book()
    {
        using EngineRig rig = ARig("1m");
        Action<StrategyContext> subscribe = _strategy.Start!;
        _strategy.Start = context => { subscribe(context); context.SetTimer(Minute, tag: 1); };
        rig.Define().Trade(Side.Buy, 10.02m, 1m);
        _strategy.Calls.Clear();
        rig.Reach(Minute).Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true);
        Assert.Equal(["OnBar", "OnTimer", "OnBook", "OnFeatures"], _strategy.Calls);
    }

    [Fact]
    public void Other_bars_close_after_the_trade_and_before_the_book_and_those_of_quotes_before_the_quote()
    {
        using EngineRig rig = ARig("1t", "1v", "10$", "quote:1t");
        _strategy.Bar = (_, bar) => _strategy.Calls[^1] += " " + bar.Spec;
        rig.Define();
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 10.00m, isLast: false);
        rig.Tape(EngineRig.Crude, BookAction.Trade, Side.Buy, 10.02m, isLast: false);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Sell, 10.02m, isLast: true);
        Assert.Equal(["OnStart", "OnTrade", "OnBar 1t", "OnBar 1v", "OnBar 10$", "OnBar quote:1t", "OnQuote", "OnBook", "OnFeatures"], _strategy.Calls);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 10.03m, isLast: true);        // crossed: no update
        Assert.Equal(["OnBook", "OnFeatures"], _strategy.Calls[9..]);
    }

    [Fact]
    public void Every_bar_goes_to_all_its_subscribers_in_their_order_when_all_bars_of_the_moment_are_there()
    {
        AttentiveStrategy first = new(), second = new();
        BarSpec five = BarSpec.Parse("5m");
        first.Start = context => { context.SubscribeBars(five); context.SubscribeBars(OneMinute); };
        second.Start = context => context.SubscribeBars(OneMinute);
        InstrumentId other = new(1);
        first.Bar = (context, bar) =>
        {
            _told.Add($"first {bar.Spec} {bar.Instrument.Index}");
            Assert.Equal(1, context.Bars(other, five).Count);
        };
        second.Bar = (_, bar) => _told.Add($"second {bar.Spec} {bar.Instrument.Index}");
        using EngineRig rig = new([new NamedStrategy("first", first), new NamedStrategy("second", second)]);
        rig.Define().Define(other);
        rig.Now = new Timestamp(4 * Minute.Nanos + 1);
        rig.Trade(Side.Buy, 10m, 1m, instrument: other).Trade(Side.Buy, 10m, 1m);
        rig.Reach(rig.Engine.NextWake);
        Assert.Equal(["first 1m 0", "second 1m 0", "first 1m 1", "second 1m 1", "first 5m 0", "first 5m 1"], _told);
        Assert.Null(Failure(rig));
    }

    [Fact]
    public void Two_strategies_with_the_same_bars_share_them()
    {
        BarSeries[] series = new BarSeries[2];
        AttentiveStrategy[] strategies = [new(), new()];
        for (int i = 0; i < 2; i++)
        {
            int number = i;
            strategies[i].Start = context => context.SubscribeBars(TwoTrades);
            strategies[i].Book = (context, _) => series[number] = context.Bars(EngineRig.Crude, TwoTrades);
        }
        using EngineRig rig = new([new NamedStrategy("first", strategies[0]), new NamedStrategy("second", strategies[1])]);
        rig.Define().Trade(Side.Buy, 10m, 1m).Trade(Side.Buy, 10m, 1m);
        Assert.Same(series[0], series[1]);
        Assert.Equal(1, series[0].Count);
    }

    [Fact]
    public void Bars_of_one_instrument_come_for_it_alone_and_those_of_all_for_instruments_that_are_defined_later()
    {
        _strategy.Start = context => { context.SubscribeBars(EngineRig.Crude, BarSpec.Parse("1t")); context.SubscribeBars(TwoTrades); };
        _strategy.Bar = (_, bar) => _told.Add($"{bar.Spec} {bar.Instrument.Index}");
        using EngineRig rig = new(_strategy);
        InstrumentDefinition assumed = new() { Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, EngineRig.Crude, Timestamp.None, Timestamp.None) };
        rig.Step(in assumed);
        InstrumentId other = new(1);
        rig.Define().Trade(Side.Buy, 10m, 1m).Define(other).Trade(Side.Buy, 10m, 1m, instrument: other).Trade(Side.Buy, 10m, 1m, instrument: other);
        Assert.Equal(["1t 0", "2t 1"], _told);
    }

    [Fact]
    public void Who_did_not_subscribe_is_not_told_and_who_does_not_listen_is_not_woken()
    {
        AttentiveStrategy deaf = new();
        ScriptedStrategy silent = new() { Start = context => context.SubscribeBars(TwoTrades) };
        using EngineRig rig = new([new NamedStrategy("deaf", deaf), new NamedStrategy("silent", silent)]);
        rig.Define().Trade(Side.Buy, 10m, 1m).Trade(Side.Buy, 10m, 1m);
        Assert.DoesNotContain("OnBar", deaf.Calls);
        Assert.Equal(["OnStart", "OnBook", "OnBook"], silent.Calls);
    }

    [Fact]
    public void Without_subscriptions_nothing_is_to_be_woken_for()
    {
        using EngineRig rig = ARig();
        rig.Define().Quote(10.00m, 10.02m).Trade(Side.Buy, 10.02m, 1m);
        Assert.True(rig.Engine.NextWake.IsNone);
    }

    [Theory]
    [InlineData("late")]
    [InlineData("late one")]
    [InlineData("unasked")]
    [InlineData("undefined")]
    [InlineData("none")]
    public void Asking_too_late_or_for_what_is_not_there_halts_the_strategy(string how)
    {
        _strategy.Start = context =>
        {
            context.SubscribeBars(TwoTrades);
            if (how == "undefined") context.SubscribeBars(new InstrumentId(9), TwoTrades);
            if (how == "none") context.SubscribeBars(default);
        };
        _strategy.Book = (context, _) =>
        {
            if (how == "late") context.SubscribeBars(OneMinute);
            if (how == "late one") context.SubscribeBars(EngineRig.Crude, OneMinute);
            if (how == "unasked") context.Bars(EngineRig.Crude, OneMinute);
        };
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m);
        StrategyCallback callback = how is "undefined" or "none" ? StrategyCallback.OnStart : StrategyCallback.OnBook;
        Assert.Equal(callback, Failure(rig)!.Callback);
    }

    [Fact]
    public void What_is_begun_at_the_end_of_the_data_is_dropped_and_what_came_before_the_start_is_in_no_bar()
    {
        using EngineRig rig = ARig(start: new Timestamp(1_500_000_000), "1m", "1t");
        _strategy.Bar = (_, bar) => _told.Add($"{bar.Spec} {bar.Count}");
        rig.Define().Trade(Side.Buy, 10m, 1m).Trade(Side.Buy, 10m, 1m);
        rig.Now = new Timestamp(2_000_000_000);
        rig.Trade(Side.Buy, 10m, 1m);
        rig.Reach(Minute).Trade(Side.Buy, 10m, 1m);
        rig.Engine.Stop();
        Assert.Equal(["1t 1", "1m 1", "1t 1"], _told);
    }

    [Fact]
    public void Bars_go_by_the_hours_of_the_session()
    {
        SessionHours hours = new(new Duration(2_000_000_000), new Duration(30_000_000_000), 0x7F, [], []);
        _strategy.Start = context => context.SubscribeBars(OneMinute);
        _strategy.Bar = (_, bar) => _told.Add($"{bar.OpenTime.Nanos / 1_000_000_000}-{bar.CloseTime.Nanos / 1_000_000_000} {bar.Count}");
        using EngineRig rig = new([new NamedStrategy("strategy", _strategy)], session: hours);
        rig.Define().Trade(Side.Buy, 10m, 1m);
        rig.Now = new Timestamp(5_000_000_000);
        rig.Trade(Side.Buy, 10m, 1m);
        Assert.Equal(new Timestamp(30_000_000_000), rig.Engine.NextWake);
        rig.Reach(rig.Engine.NextWake).Trade(Side.Buy, 10m, 1m);
        Assert.Equal(["2-30 1"], _told);
        Assert.True(rig.Engine.NextWake.IsNone);
    }

    private EngineRig ARig(params string[] specs) => ARig(start: null, specs);

    private EngineRig ARig(Timestamp? start, params string[] specs)
    {
        _strategy.Start = context => { foreach (string spec in specs) context.SubscribeBars(BarSpec.Parse(spec)); };
        return new EngineRig([new NamedStrategy("strategy", _strategy)], start: start);
    }

    private sealed class BarsOnly : Strategy
    {
        public int Bars { get; private set; }

        public override void OnStart(StrategyContext context)
        {
            context.SubscribeBars(BarSpec.Parse("quote:1s"));
            context.SubscribeBars(OneMinute);
        }

        public override void OnBar(StrategyContext context, in Bar bar) => Bars++;
    }

    private static StrategyFailure? Failure(EngineRig rig) => rig.Engine.Summarize().Strategies[0].Failure;
}
