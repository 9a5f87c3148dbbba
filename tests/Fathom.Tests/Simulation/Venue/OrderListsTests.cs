using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>Lists of orders, one rule each. Every run is the oracle's too.</summary>
public class OrderListsTests
{
    /// <summary>Asks 101: 1 (20). Bids 99: 2 (20).</summary>
    private static Tape Market() => new Tape().Define().Add(1, Side.Sell, 101, 20).Add(2, Side.Buy, 99, 20);

    /// <summary>What happens after the list was accepted: "1 Filled …" is of the order that was submitted first.</summary>
    private static List<string> After(Action<ScriptedEngine> action, Action<Tape>? tape = null, Action<ScriptedEngine>? second = null)
    {
        Tape market = Market();
        int before = market.Messages.Count;
        tape?.Invoke(market);
        int again = market.Messages.Count;
        List<OrderReport> reports = VenueRun.Of(market.Nothing(), before, action, second, again);
        List<string> lines = VenueRun.Lines(reports);
        return [.. reports.Zip(lines).Where(one => one.First.Kind != ReportKind.Accepted).Select(one => $"{one.First.ClientOrderId.Sequence} {one.Second}")];
    }

    /// <summary>An entry of 6 at 100, a target at 105 and a stop at 95.</summary>
    private static void Bracket(ScriptedEngine engine, Func<ulong, Action<OrderCommandBox>> kind, long quantity = 6)
    {
        engine.Submit(Side.Buy, 100, 6, change: Conditions.Parent());
        engine.Submit(Side.Sell, 105, quantity, change: kind(1));
        engine.Submit(Side.Sell, 0, quantity, change: kind(1) + Conditions.Stop(95));
    }

    [Fact]
    public void Children_wait_for_their_parent()
    {
        List<string> lines = After(engine => Bracket(engine, Conditions.Ouo), tape => tape.Add(9, Side.Buy, 106, 9).Trade(Side.None, 94, 1, BookFlags.Last));

        Assert.Empty(lines);
    }

    /// <summary>Two of six, then three more: the target stands for five and is at the back of its queue again.</summary>
    [Fact]
    public void Every_fill_of_the_parent_activates_as_much_of_each_child()
    {
        List<string> lines = After(
            engine => Bracket(engine, Conditions.Ouo),
            tape => tape.Trade(Side.Sell, 100, 2, BookFlags.Last).Add(8, Side.Sell, 105, 4).Trade(Side.Sell, 100, 3, BookFlags.Last).Trade(Side.Buy, 105, 20, BookFlags.Last));

        Assert.Equal(
            ["1 Filled 2 leaves 4 ahead 0", "2 Replaced ListDone leaves 6", "3 Replaced ListDone leaves 6",
             "1 Filled 3 leaves 1 ahead 0", "2 Replaced ListDone leaves 6", "3 Replaced ListDone leaves 6",
             "2 Filled 5 leaves 1 ahead 4", "3 Replaced ListDone leaves 1"],
            lines);
    }

    [Fact]
    public void Child_is_active_up_to_its_own_quantity()
    {
        List<string> lines = After(
            engine => Bracket(engine, Conditions.Ouo, quantity: 2),
            tape => tape.Trade(Side.Sell, 100, 5, BookFlags.Last).Trade(Side.Buy, 105, 9, BookFlags.Last));

        Assert.Equal(["2 Filled 2 leaves 0 ahead 0", "3 Canceled ListDone cumulative 0"], lines[^2..]);
    }

    [Fact]
    public void Parent_that_ends_without_a_fill_takes_its_children_along()
    {
        ClientOrderId id = default;

        List<string> lines = After(
            engine => { id = ClientOrderId.Create(1, 0, 1); Bracket(engine, Conditions.Oco); },
            second: engine => engine.Cancel(id), tape: tape => tape.Nothing());

        Assert.Equal(["1 Canceled Requested cumulative 0", "2 Canceled ListDone cumulative 0", "3 Canceled ListDone cumulative 0"], lines);
    }

    [Fact]
    public void Children_of_a_parent_that_ends_partly_filled_stay_with_what_is_active()
    {
        List<string> lines = After(
            engine => Bracket(engine, Conditions.Oco), tape => tape.Trade(Side.Sell, 100, 2, BookFlags.Last), engine => engine.Cancel(ClientOrderId.Create(1, 0, 1)));

        Assert.Equal(["1 Canceled Requested cumulative 2", "2 Replaced ListDone leaves 2", "3 Replaced ListDone leaves 2"], lines[^3..]);
    }

    /// <summary>Immediate or cancel: it is over before its children arrive.</summary>
    [Theory]
    [InlineData(101, "1 Took 6 at 101 leaves 0|2 Filled 6 leaves 0 ahead 0|3 Canceled ListDone cumulative 0")]
    [InlineData(100, "1 Canceled NoLiquidity cumulative 0|2 Rejected ListDone|3 Rejected ListDone")]
    public void Children_can_come_after_their_parent_is_over(long price, string expected)
    {
        List<string> lines = After(
            engine =>
            {
                engine.Submit(Side.Buy, price, 6, change: LiquidityWalkTests.Make(TimeInForce.ImmediateOrCancel) + Conditions.Parent());
                engine.Submit(Side.Sell, 105, 6, change: Conditions.Oco());
                engine.Submit(Side.Sell, 0, 6, change: Conditions.Oco() + Conditions.Stop(95));
            },
            tape => tape.Trade(Side.Buy, 105, 9, BookFlags.Last));

        Assert.Equal(expected, string.Join('|', lines));
    }

    [Fact]
    public void First_fill_of_one_cancels_the_others()
    {
        List<string> lines = After(
            engine =>
            {
                engine.Submit(Side.Sell, 105, 4, change: Conditions.Oco());
                engine.Submit(Side.Sell, 0, 4, change: Conditions.Oco() + Conditions.Stop(95));
                engine.Submit(Side.Buy, 90, 4, change: Conditions.Oco());
            },
            tape => tape.Trade(Side.Buy, 105, 1, BookFlags.Last));

        Assert.Equal(["1 Filled 1 leaves 3 ahead 0", "2 Canceled ListDone cumulative 0", "3 Canceled ListDone cumulative 0"], lines);
    }

    [Fact]
    public void Fill_of_one_reduces_the_others_by_as_much()
    {
        List<string> lines = After(
            engine =>
            {
                engine.Submit(Side.Sell, 105, 4, change: Conditions.Ouo());
                engine.Submit(Side.Sell, 0, 6, change: Conditions.Ouo() + Conditions.Stop(95));
                engine.Submit(Side.Sell, 106, 1, change: Conditions.Ouo());
            },
            tape => tape.Trade(Side.Buy, 105, 1, BookFlags.Last).Trade(Side.None, 95, 1, BookFlags.Last));

        Assert.Equal(
            ["1 Filled 1 leaves 3 ahead 0", "2 Replaced ListDone leaves 5", "3 Canceled ListDone cumulative 0",
             "2 Triggered leaves 5", "2 Took 5 at 99 leaves 0", "1 Canceled ListDone cumulative 1"],
            lines);
    }

    /// <summary>One arrival reaches both. One by one: the first fills by 3, so 1 of the second is left.</summary>
    [Theory]
    [InlineData(Contingency.OneUpdatesOther, "1 Filled 3 leaves 0 ahead 0|2 Replaced ListDone leaves 1|2 Filled 1 leaves 0 ahead 0")]
    [InlineData(Contingency.OneCancelsOther, "1 Filled 3 leaves 0 ahead 0|2 Canceled ListDone cumulative 0")]
    public void Siblings_that_fill_in_one_event_fill_one_by_one(Contingency contingency, string expected)
    {
        Func<ulong, Action<OrderCommandBox>> kind = contingency == Contingency.OneUpdatesOther ? Conditions.Ouo : Conditions.Oco;

        List<string> lines = After(
            engine =>
            {
                engine.Submit(Side.Sell, 105, 3, change: kind(1));
                engine.Submit(Side.Sell, 106, 4, change: kind(1));
            },
            tape => tape.Add(9, Side.Buy, 110, 30));

        Assert.Equal(expected, string.Join('|', lines));
    }

    [Theory]
    [InlineData(Contingency.OneUpdatesOther)]
    [InlineData(Contingency.OneCancelsOther)]
    public void Any_other_end_of_one_ends_the_others(Contingency contingency)
    {
        Func<ulong, Action<OrderCommandBox>> kind = contingency == Contingency.OneUpdatesOther ? Conditions.Ouo : Conditions.Oco;

        List<string> canceled = After(engine => Pair(engine, kind), tape => tape.Nothing(), engine => engine.Cancel(ClientOrderId.Create(1, 0, 1), Side.Sell));
        List<string> rejected = After(
            engine => { engine.Submit(Side.Buy, 99, 1); Pair(engine, kind); }, tape => tape.Trade(Side.None, 95, 1, BookFlags.Last));      // the stop would meet our bid

        Assert.Equal(["1 Canceled Requested cumulative 0", "2 Canceled ListDone cumulative 0"], canceled);
        Assert.Equal(["3 Triggered leaves 4", "3 Canceled WouldMeetOwn cumulative 0", "2 Canceled ListDone cumulative 0"], rejected);
    }

    /// <summary>The entry fills while the market stands above the target's price.</summary>
    [Fact]
    public void Child_that_may_not_enter_ends_its_siblings()
    {
        List<string> lines = After(
            engine =>
            {
                engine.Submit(Side.Buy, 101, 2, postOnly: false, change: Conditions.StopLimit(100) + Conditions.Parent());
                engine.Submit(Side.Sell, 99, 2, postOnly: true, change: Conditions.Oco());
                engine.Submit(Side.Sell, 0, 2, change: Conditions.Oco() + Conditions.Stop(95));
            },
            tape => tape.Trade(Side.None, 100, 1, BookFlags.Last));

        Assert.Equal(["1 Triggered leaves 2", "1 Took 2 at 101 leaves 0", "2 Replaced ListDone leaves 2", "2 Canceled WouldCross cumulative 0", "3 Canceled ListDone cumulative 0"], lines);
    }

    [Fact]
    public void Children_of_a_rejected_parent_are_rejected()
    {
        List<string> lines = After(engine =>
        {
            engine.Submit(Side.Buy, 100, 2, change: box => { Conditions.Parent()(box); box.Command.Price = new Price(99_500_000_000); });
            engine.Submit(Side.Sell, 105, 2, change: Conditions.Oco());
            engine.Submit(Side.Buy, 100, 2, change: box => { Conditions.Parent(2)(box); box.Command.Type = OrderType.AtOpen; });
            engine.Submit(Side.Sell, 105, 2, change: Conditions.Oco(2));
        });

        Assert.Equal(["1 Rejected PriceOffTick", "2 Rejected ListDone", "3 Rejected Unsupported", "4 Rejected ListDone"], lines);
    }

    [Fact]
    public void Rejected_sibling_takes_the_others_along()
    {
        List<string> lines = After(engine =>
        {
            engine.Submit(Side.Sell, 105, 2, change: Conditions.Oco());
            engine.Submit(Side.Buy, 102, 2, postOnly: true, change: Conditions.Oco());
            engine.Submit(Side.Sell, 106, 2, change: Conditions.Oco());
        });

        Assert.Equal(["2 Rejected WouldCross", "1 Canceled ListDone cumulative 0", "3 Rejected ListDone"], lines);
    }

    [Fact]
    public void List_is_of_one_instrument_and_kind_and_has_one_parent()
    {
        List<string> lines = After(engine =>
        {
            engine.Submit(Side.Buy, 90, 2, change: Conditions.Parent());
            engine.Submit(Side.Buy, 90, 2, change: Conditions.Parent());
            engine.Submit(Side.Sell, 105, 2, change: Conditions.Oco());
            engine.Submit(Side.Sell, 105, 2, instrument: 1, change: Conditions.Oco());
            engine.Submit(Side.Sell, 105, 2, change: Conditions.Ouo());
        });

        Assert.Equal(["2 Rejected Unsupported", "4 Rejected Unsupported", "5 Rejected Unsupported", "3 Canceled ListDone cumulative 0"], lines);
    }

    [Fact]
    public void List_is_over_once_its_moment_is_past_and_nothing_of_it_lives()
    {
        List<string> lines = After(
            engine => engine.Submit(Side.Buy, 101, 2, postOnly: false, change: Conditions.Parent()), tape => tape.Nothing(),
            engine =>
            {
                engine.Submit(Side.Sell, 105, 2, change: Conditions.Oco());
                engine.Submit(Side.Buy, 90, 2, change: Conditions.Parent());
            });

        Assert.Equal(["1 Took 2 at 101 leaves 0", "2 Rejected ListDone", "3 Rejected Unsupported"], lines);
    }

    /// <summary>A dormant target is moved; the stop's trigger too. Both act once the entry is filled.</summary>
    [Fact]
    public void Children_can_be_replaced_before_they_are_active()
    {
        List<string> lines = After(
            engine =>
            {
                Bracket(engine, Conditions.Ouo);
                engine.Replace(ClientOrderId.Create(1, 0, 2), Side.Sell, 104, 3);
                engine.Replace(ClientOrderId.Create(1, 0, 3), Side.Sell, 0, 0, change: Conditions.Stop(96));
            },
            tape => tape.Trade(Side.Sell, 100, 6, BookFlags.Last).Trade(Side.Buy, 104, 1, BookFlags.Last).Trade(Side.None, 96, 1, BookFlags.Last));

        Assert.Equal(
            ["2 Replaced leaves 3 cumulative 0 ahead ", "3 Replaced leaves 6 cumulative 0 ahead ", "1 Filled 6 leaves 0 ahead 0", "2 Replaced ListDone leaves 3", "3 Replaced ListDone leaves 6",
             "2 Filled 1 leaves 2 ahead 0", "3 Replaced ListDone leaves 5", "3 Triggered leaves 5", "3 Took 5 at 99 leaves 0", "2 Canceled ListDone cumulative 1"],
            lines);
    }

    private static void Pair(ScriptedEngine engine, Func<ulong, Action<OrderCommandBox>> kind)
    {
        engine.Submit(Side.Sell, 105, 4, change: kind(1));
        engine.Submit(Side.Sell, 0, 4, change: kind(1) + Conditions.Stop(95));
    }
}
