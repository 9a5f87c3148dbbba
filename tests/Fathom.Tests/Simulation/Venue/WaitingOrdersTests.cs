using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>Stops, one rule each. Every run is the oracle's too.</summary>
public class WaitingOrdersTests
{
    /// <summary>Asks 101: 1 (5), 102: 2 (7), 103: 5 (9). Bids 99: 3 (5), 98: 4 (7), 97: 6 (9).</summary>
    private static Tape Market(decimal tick = 1m) => new Tape().Define(tick: tick)
        .Add(1, Side.Sell, 101, 5).Add(2, Side.Sell, 102, 7).Add(5, Side.Sell, 103, 9).Add(3, Side.Buy, 99, 5).Add(4, Side.Buy, 98, 7).Add(6, Side.Buy, 97, 9);

    /// <summary>What comes of an order that was submitted before a tape, beyond its acceptance.</summary>
    private static List<string> After(Action<ScriptedEngine> action, Action<Tape> tape, Tape? market = null)
    {
        market ??= Market();
        int before = market.Messages.Count;
        tape(market);
        return VenueRun.Lines(VenueRun.Of(market.Nothing(), before, action));
    }

    [Theory]
    [InlineData(Side.Sell, 99, 100, "")]
    [InlineData(Side.Sell, 99, 99, "Triggered leaves 2|Took 2 at 99 leaves 0")]
    [InlineData(Side.Sell, 99, 98, "Triggered leaves 2|Took 2 at 99 leaves 0")]
    [InlineData(Side.Buy, 101, 100, "")]
    [InlineData(Side.Buy, 101, 101, "Triggered leaves 2|Took 2 at 101 leaves 0")]
    [InlineData(Side.Buy, 101, 102, "Triggered leaves 2|Took 2 at 101 leaves 0")]
    public void A_trade_at_or_through_the_trigger_triggers(Side side, long trigger, long trade, string expected)
    {
        List<string> lines = After(engine => engine.Submit(side, 0, 2, change: Conditions.Stop(trigger, TriggerSource.Last)), tape => tape.Trade(Side.None, trade, 1, BookFlags.Last));

        Assert.Equal("Accepted ahead " + (expected.Length == 0 ? "" : "|" + expected), string.Join('|', lines));
    }

    [Fact]
    public void Waiting_stop_is_accepted_with_its_whole_quantity()
    {
        OrderReport accepted = VenueRun.AtEndOf(Market(), engine => engine.Submit(Side.Sell, 0, 4, change: Conditions.Stop(90)))[0];

        Assert.Equal((ReportKind.Accepted, Quantity.Units(4), Quantity.Zero, true), (accepted.Kind, accepted.Leaves, accepted.Cumulative, accepted.QueueAhead.IsNone));
    }

    /// <summary>The best bid of a sell falls to 98; the best ask of a buy rises to 102. Trades do not count.</summary>
    [Theory]
    [InlineData(Side.Sell, 98, true)]
    [InlineData(Side.Sell, 97, false)]
    [InlineData(Side.Buy, 102, true)]
    [InlineData(Side.Buy, 103, false)]
    public void Best_price_of_the_side_it_would_trade_with_triggers(Side side, long trigger, bool isTriggered)
    {
        List<string> lines = After(
            engine => engine.Submit(side, 0, 2, change: Conditions.Stop(trigger, TriggerSource.BidAsk)),
            tape => tape.Trade(Side.None, 90, 1, BookFlags.Last).Trade(Side.None, 110, 1, BookFlags.Last).Cancel(1, Side.Sell, 101, 5).Cancel(3, Side.Buy, 99, 5));

        Assert.Equal(isTriggered, lines.Contains("Triggered leaves 2"));
    }

    [Theory]
    [InlineData("stale")]
    [InlineData("crossed")]
    [InlineData("empty")]
    public void Best_price_of_an_unsound_book_triggers_nobody(string flaw)
    {
        List<string> lines = After(engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(98, TriggerSource.BidAsk)), tape =>
        {
            if (flaw == "stale") tape.Cancel(3, Side.Buy, 99, 5, BookFlags.Last | BookFlags.MaybeBadBook);
            if (flaw == "crossed") tape.Cancel(3, Side.Buy, 99, 5, BookFlags.None).Add(9, Side.Sell, 97, 1);
            if (flaw == "empty") tape.Cancel(1, Side.Sell, 101, 5, BookFlags.None).Cancel(2, Side.Sell, 102, 7, BookFlags.None).Cancel(5, Side.Sell, 103, 9, BookFlags.None).Cancel(3, Side.Buy, 99, 5);
        });

        Assert.Single(lines);
    }

    /// <summary>One event trades at 98 and 102: both extremes count, once it is over, and of several the one accepted first goes first.</summary>
    [Fact]
    public void Event_counts_by_its_extremes_at_its_end_in_order_of_acceptance()
    {
        List<string> lines = After(
            engine =>
            {
                engine.Submit(Side.Buy, 0, 5, change: Conditions.Stop(102));
                engine.Submit(Side.Sell, 0, 1, change: Conditions.Stop(98));
                engine.Submit(Side.Buy, 0, 1, change: Conditions.Stop(101));
            },
            tape => tape.Trade(Side.None, 98, 1).Trade(Side.None, 102, 1).Trade(Side.None, 100, 1, BookFlags.Last));

        Assert.Equal(["Triggered leaves 5", "Took 5 at 101 leaves 0", "Triggered leaves 1", "Took 1 at 99 leaves 0", "Triggered leaves 1", "Took 1 at 102 leaves 0"], lines[3..]);
    }

    [Theory]
    [InlineData(TradingState.Halted)]
    [InlineData(TradingState.Auction)]
    [InlineData(TradingState.PreOpen)]
    public void Trade_while_nobody_trades_counts_neither_then_nor_later(TradingState state)
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(99)),
            tape => tape.State(state).Trade(Side.None, 98, 1, BookFlags.Last).State(TradingState.Continuous).Nothing());
        Tape known = Market().State(state).Trade(Side.None, 98, 1, BookFlags.Last).State(TradingState.Continuous);

        Assert.Single(lines);
        Assert.Single(VenueRun.AtEndOf(known, engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(99))));
    }

    /// <summary>The best bid fell while the market was halted: the end of the halt is an event too.</summary>
    [Fact]
    public void Best_prices_count_again_as_soon_as_the_market_trades()
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(98, TriggerSource.BidAsk)),
            tape => tape.State(TradingState.Halted).Cancel(3, Side.Buy, 99, 5).State(TradingState.Continuous));

        Assert.Equal(["Accepted ahead ", "Triggered leaves 2", "Took 2 at 98 leaves 0"], lines);
    }

    /// <summary>The trade is one of the event in which the command arrives, and the command waits for its end.</summary>
    [Theory]
    [InlineData(98, true)]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Trigger_that_is_met_on_acceptance_triggers_at_once(long trade, bool isMet)
    {
        Tape tape = Market().Trade(Side.None, trade, 1, BookFlags.Last);
        List<string> lines = VenueRun.Lines(VenueRun.AtEndOf(tape, engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(99))));

        Assert.Equal(isMet ? 3 : 1, lines.Count);
    }

    [Fact]
    public void Last_trade_is_known_from_a_time_when_nothing_of_ours_was_there()
    {
        Tape tape = Market().Trade(Side.None, 98, 1, BookFlags.Last);
        for (int i = 0; i < 50; i++) tape.Nothing();

        Assert.Equal("Triggered leaves 2", VenueRun.Lines(VenueRun.AtEndOf(tape, engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(99))))[1]);
    }

    [Fact]
    public void What_one_order_takes_triggers_no_other()
    {
        List<string> lines = After(
            engine =>
            {
                engine.Submit(Side.Buy, 0, 8, change: Conditions.Stop(101));
                engine.Submit(Side.Buy, 0, 1, change: Conditions.Stop(102));
            },
            tape => tape.Trade(Side.None, 101, 1, BookFlags.Last));

        Assert.Equal(["Triggered leaves 8", "Took 5 at 101 leaves 3", "Took 3 at 102 leaves 0"], lines[2..]);
    }

    [Theory]
    [InlineData(TimeInForce.GoodTillCancel, "Triggered leaves 9|Took 5 at 101 leaves 4")]
    [InlineData(TimeInForce.ImmediateOrCancel, "Triggered leaves 9|Took 5 at 101 leaves 4|Canceled NoLiquidity cumulative 5")]
    [InlineData(TimeInForce.FillOrKill, "Triggered leaves 9|Canceled NoLiquidity cumulative 0")]
    public void Stop_limit_becomes_a_limit_order_with_its_time_in_force(TimeInForce timeInForce, string expected)
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Buy, 101, 9, postOnly: false, change: Conditions.StopLimit(100, timeInForce)),
            tape => tape.Trade(Side.None, 100, 1, BookFlags.Last));

        Assert.Equal(expected, string.Join('|', lines[1..]));
    }

    [Fact]
    public void Rest_of_a_triggered_stop_limit_stands_in_its_queue()
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Sell, 102, 4, change: Conditions.StopLimit(100)),
            tape => tape.Trade(Side.None, 100, 1, BookFlags.Last).Trade(Side.Buy, 102, 9, BookFlags.Last));

        Assert.Equal(["Accepted ahead ", "Triggered leaves 4", "Filled 2 leaves 2 ahead 7"], lines);
    }

    [Fact]
    public void Rest_of_a_triggered_stop_ends()
    {
        List<string> lines = After(engine => engine.Submit(Side.Buy, 0, 30, change: Conditions.Stop(100)), tape => tape.Trade(Side.None, 100, 1, BookFlags.Last));

        Assert.Equal("Canceled NoLiquidity cumulative 21", lines[^1]);
    }

    [Theory]
    [InlineData(100, "Triggered leaves 3")]
    [InlineData(101, "Canceled WouldCross cumulative 0")]
    public void Post_only_stop_limit_is_judged_when_it_is_triggered(long price, string last)
    {
        List<string> lines = After(engine => engine.Submit(Side.Buy, price, 3, postOnly: true, change: Conditions.StopLimit(100)), tape => tape.Trade(Side.None, 100, 1, BookFlags.Last));

        Assert.Equal(last, lines[^1]);
    }

    [Fact]
    public void Triggered_stop_that_would_meet_our_own_order_is_canceled()
    {
        List<string> lines = After(
            engine =>
            {
                engine.Submit(Side.Buy, 99, 1);
                engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(100));
            },
            tape => tape.Trade(Side.None, 100, 1, BookFlags.Last));

        Assert.Equal(["Triggered leaves 2", "Canceled WouldMeetOwn cumulative 0"], lines[2..]);
    }

    // ---- trailing

    /// <summary>The trail of 2 stands at 98 after 100, at 101 after 103, and stays there when the price falls to 102.</summary>
    [Theory]
    [InlineData(103, 102, false)]
    [InlineData(103, 101, true)]
    [InlineData(100, 99, false)]
    [InlineData(100, 98, true)]
    public void Trail_of_a_sell_follows_the_highest_price_and_never_goes_back(long high, long then, bool isTriggered)
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Trail(2)),
            tape => tape.Trade(Side.None, 100, 1, BookFlags.Last).Trade(Side.None, high, 1, BookFlags.Last).Trade(Side.None, then, 1, BookFlags.Last));

        Assert.Equal(isTriggered, lines.Contains("Triggered leaves 2"));
    }

    [Theory]
    [InlineData(97, 98, false)]
    [InlineData(97, 99, true)]
    public void Trail_of_a_buy_follows_the_lowest_price(long low, long then, bool isTriggered)
    {
        Tape known = Market().Trade(Side.None, 100, 1, BookFlags.Last);      // the last known price starts the trail

        List<string> lines = After(
            engine => engine.Submit(Side.Buy, 0, 2, change: Conditions.Trail(2)),
            tape => tape.Trade(Side.None, low, 1, BookFlags.Last).Trade(Side.None, then, 1, BookFlags.Last), known);

        Assert.Equal(isTriggered, lines.Contains("Triggered leaves 2"));
    }

    /// <summary>A trail of 2 that stands at 98: an event that trades at 103 and at 99 does not meet it, and moves it to 101 for the next one.</summary>
    [Fact]
    public void Event_is_tested_against_the_trigger_as_it_stood_before_it()
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Trail(2)),
            tape => tape.Trade(Side.None, 100, 1, BookFlags.Last).Trade(Side.None, 103, 1).Trade(Side.None, 99, 1, BookFlags.Last));
        List<string> next = After(
            engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Trail(2)),
            tape => tape.Trade(Side.None, 100, 1, BookFlags.Last).Trade(Side.None, 103, 1).Trade(Side.None, 99, 1, BookFlags.Last).Trade(Side.None, 101, 1, BookFlags.Last));

        Assert.Single(lines);
        Assert.Contains("Triggered leaves 2", next);
    }

    [Theory]
    [InlineData(99, 102, 100, false)]      // the trail of 5 is at 97: the stated 99 is better
    [InlineData(99, 102, 99, true)]
    [InlineData(99, 105, 100, true)]       // the trail is at 100 now
    public void Stated_trigger_stays_until_the_trail_is_better(long stated, long high, long then, bool isTriggered)
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Trail(5, stated)),
            tape => tape.Trade(Side.None, high, 1, BookFlags.Last).Trade(Side.None, then, 1, BookFlags.Last));

        Assert.Equal(isTriggered, lines.Contains("Triggered leaves 2"));
    }

    /// <summary>Ticks of 2, a trade at 101 (odd): a sell's trail of 4 stands at 96, a buy's at 106.</summary>
    [Theory]
    [InlineData(Side.Sell, 97, false)]
    [InlineData(Side.Sell, 96, true)]
    [InlineData(Side.Buy, 105, false)]
    [InlineData(Side.Buy, 106, true)]
    public void Trail_is_rounded_to_the_tick_away_from_the_market(Side side, long then, bool isTriggered)
    {
        Tape known = Market(tick: 2m).Trade(Side.None, 101, 1, BookFlags.Last);

        List<string> lines = After(engine => engine.Submit(side, 0, 2, change: Conditions.Trail(4)), tape => tape.Trade(Side.None, then, 1, BookFlags.Last), known);

        Assert.Equal(isTriggered, lines.Contains("Triggered leaves 2"));
    }

    /// <summary>The best bid is 99, goes to 100 and back: a trail of 1 stands at 99.</summary>
    [Fact]
    public void Trail_can_watch_the_best_price()
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Trail(1, source: TriggerSource.BidAsk)),
            tape => tape.Add(9, Side.Buy, 100, 1).Cancel(9, Side.Buy, 100, 1));

        Assert.Equal(["Accepted ahead ", "Triggered leaves 2", "Took 2 at 99 leaves 0"], lines);
    }

    [Fact]
    public void Trail_beyond_all_prices_is_met_by_none()
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Sell, 0, 2, change: Conditions.Trail(9_000_000_000)),
            tape => tape.Trade(Side.None, -9_000_000_000, 1, BookFlags.Last).Trade(Side.None, -9_100_000_000, 1, BookFlags.Last));

        Assert.Single(lines);
    }

    // ---- replace and cancel

    [Fact]
    public void Replacement_moves_the_trigger_and_is_looked_at_at_once()
    {
        Tape known = Market().Trade(Side.None, 100, 1, BookFlags.Last);

        List<string> lines = VenueRun.Lines(VenueRun.AtEndOf(known, engine =>
        {
            ClientOrderId id = engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(95));
            engine.Replace(id, Side.Sell, 0, 3, change: Conditions.Stop(96));
            engine.Replace(id, Side.Sell, 0, 0, change: Conditions.Stop(100));
        }));

        Assert.Equal(["Accepted ahead ", "Replaced leaves 3 cumulative 0 ahead ", "Replaced leaves 3 cumulative 0 ahead ", "Triggered leaves 3", "Took 3 at 99 leaves 0"], lines);
    }

    /// <summary>What is not stated stays: first the limit is moved, then the trigger is met.</summary>
    [Fact]
    public void Replacement_of_a_stop_limit_moves_limit_or_trigger()
    {
        Tape known = Market().Trade(Side.None, 100, 1, BookFlags.Last);

        List<string> lines = VenueRun.Lines(VenueRun.AtEndOf(known, engine =>
        {
            ClientOrderId id = engine.Submit(Side.Sell, 110, 6, postOnly: false, change: Conditions.StopLimit(95));
            engine.Replace(id, Side.Sell, 98, 6, change: box => box.Command.Quantity = Quantity.None);
            engine.Replace(id, Side.Sell, 0, 0, change: box =>
            {
                box.Command.Price = Price.None;
                box.Command.TriggerPrice = new Price(100 * Price.Scale);
            });
        }));

        Assert.Equal(["Triggered leaves 6", "Took 5 at 99 leaves 1", "Took 1 at 98 leaves 0"], lines[3..]);
    }

    /// <summary>The trail of 9 stands at 91; an offset of 1 brings it to 99, which the next trade meets, and one of 20 to 80, which it does not.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(20, false)]
    public void Replacement_changes_the_offset_of_a_trail(long offset, bool isTriggered)
    {
        Tape tape = Market().Trade(Side.None, 100, 1, BookFlags.Last);
        int before = tape.Messages.Count;
        tape.Trade(Side.None, 99, 1, BookFlags.Last).Nothing();

        List<string> lines = VenueRun.Lines(VenueRun.Of(tape, before, engine =>
        {
            ClientOrderId id = engine.Submit(Side.Sell, 0, 2, change: Conditions.Trail(9));
            engine.Replace(id, Side.Sell, 0, 2, change: Conditions.Trail(offset));
        }));

        Assert.Equal(isTriggered, lines.Contains("Triggered leaves 2"));
    }

    [Fact]
    public void What_stands_against_a_replacement_leaves_the_stop_as_it_was()
    {
        List<string> lines = VenueRun.Lines(VenueRun.AtEndOf(Market(), engine =>
        {
            ClientOrderId stop = engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(95)), limit = engine.Submit(Side.Buy, 98, 2);
            engine.Replace(stop, Side.Sell, 90, 2);
            engine.Replace(stop, Side.Buy, 0, 2, change: Conditions.Stop(96));
            engine.Replace(stop, Side.Sell, 0, 2, change: Conditions.Trail(3));
            engine.Replace(stop, Side.Sell, 0, 2, change: box => { Conditions.Stop(96)(box); box.Command.TriggerPrice = new Price(96_500_000_000); });
            engine.Replace(stop, Side.Sell, 0, 2, change: box => { Conditions.Stop(96)(box); box.Command.ExpireTime = new Timestamp(9_000_000); });
            engine.Replace(stop, Side.Sell, 0, -2, change: Conditions.Stop(96));
            engine.Replace(limit, Side.Buy, 98, 2, change: box => box.Command.TriggerPrice = new Price(96 * Price.Scale));
            engine.Cancel(stop, Side.Sell);
        }));

        Assert.Equal(
            ["ReplaceRejected Unsupported", "ReplaceRejected Unsupported", "ReplaceRejected ConditionInvalid", "ReplaceRejected PriceOffTick", "ReplaceRejected Unsupported",
             "ReplaceRejected QuantityNotPositive", "ReplaceRejected ConditionInvalid", "Canceled Requested cumulative 0"],
            lines[2..]);
    }
}
