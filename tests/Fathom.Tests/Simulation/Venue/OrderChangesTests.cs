using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>Reduce-only orders, one rule each. Every run is the oracle's too.</summary>
public class OrderChangesTests
{
    /// <summary>Asks 101: 1 (20). Bids 99: 2 (20), 98: 3 (20).</summary>
    private static Tape Market() => new Tape().Define().Add(1, Side.Sell, 101, 20).Add(2, Side.Buy, 99, 20).Add(3, Side.Buy, 98, 20);

    private static void Buy(ScriptedEngine engine, long quantity) => engine.Submit(Side.Buy, 0, quantity, change: Conditions.Market);

    private static List<string> AtEnd(Action<ScriptedEngine> action) => VenueRun.Lines(VenueRun.AtEndOf(Market(), action));

    [Theory]
    [InlineData(OrderType.Limit)]
    [InlineData(OrderType.Market)]
    public void Nothing_to_reduce_is_rejected(OrderType type)
    {
        Action<OrderCommandBox> kind = Conditions.ReduceOnly + (type == OrderType.Market ? Conditions.Market : _ => { });

        List<string> lines = AtEnd(engine =>
        {
            engine.Submit(Side.Sell, 105, 1, change: kind);
            Buy(engine, 3);
            engine.Submit(Side.Buy, 90, 1, change: kind);
        });

        Assert.Equal(("Rejected ReduceOnly", "Rejected ReduceOnly"), (lines[0], lines[^1]));
    }

    [Fact]
    public void Order_above_the_position_is_cut_to_it_and_says_so()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            Buy(engine, 3);
            engine.Submit(Side.Sell, 105, 8, change: Conditions.ReduceOnly);
            engine.Submit(Side.Sell, 0, 8, change: Conditions.Market + Conditions.ReduceOnly);
        });

        Assert.Equal((ReportKind.Accepted, Quantity.Units(3)), (reports[2].Kind, reports[2].Leaves));
        Assert.Equal(["Accepted ahead ", "Took 3 at 99 leaves 0", "Canceled NothingToReduce cumulative 0"], VenueRun.Lines(reports)[3..]);
    }

    [Theory]
    [InlineData(0, "Triggered leaves 5|Canceled NothingToReduce cumulative 0")]
    [InlineData(3, "Triggered leaves 3|Took 3 at 99 leaves 0")]
    [InlineData(9, "Triggered leaves 5|Took 5 at 99 leaves 0")]
    public void Stop_is_accepted_whatever_the_position_and_judged_when_it_is_triggered(long position, string expected)
    {
        Tape tape = Market();
        int before = tape.Messages.Count;
        tape.Trade(Side.None, 95, 1, BookFlags.Last).Nothing();

        List<string> lines = VenueRun.Lines(VenueRun.Of(tape, before, engine =>
        {
            engine.Submit(Side.Sell, 0, 5, change: Conditions.Stop(95) + Conditions.ReduceOnly);
            if (position > 0) Buy(engine, position);
        }));

        Assert.Equal("Accepted ahead ", lines[0]);
        Assert.Equal(expected, string.Join('|', lines[(position > 0 ? 3 : 1)..]));
    }

    /// <summary>Each singly may stand for the whole position of 6, and does until it is 4; a waiting stop is not cut.</summary>
    [Fact]
    public void Every_fill_cuts_what_is_above_the_position_the_newest_first()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            Buy(engine, 6);
            engine.Submit(Side.Sell, 105, 6, change: Conditions.ReduceOnly);
            engine.Submit(Side.Sell, 0, 6, change: Conditions.Stop(90) + Conditions.ReduceOnly);
            engine.Submit(Side.Sell, 106, 5, change: Conditions.ReduceOnly);
            engine.Submit(Side.Sell, 107, 4, change: Conditions.ReduceOnly);
            engine.Submit(Side.Sell, 0, 2, change: Conditions.Market);
        });

        Assert.Equal(["Took 2 at 99 leaves 0", "Replaced ReduceOnly leaves 4", "Replaced ReduceOnly leaves 4"], VenueRun.Lines(reports)[^3..]);
        Assert.Equal([4UL, 2UL], reports[^2..].Select(report => report.VenueOrderId));
    }

    [Theory]
    [InlineData(6)]      // flat
    [InlineData(9)]      // the other way round
    public void Without_a_position_it_ends(long sold)
    {
        List<string> lines = AtEnd(engine =>
        {
            Buy(engine, 6);
            engine.Submit(Side.Sell, 105, 6, change: Conditions.ReduceOnly);
            engine.Submit(Side.Sell, 0, sold, change: Conditions.Market);
        });

        Assert.Equal("Canceled NothingToReduce cumulative 0", lines[^1]);
    }

    /// <summary>Our 6 at 101 stand behind 20, cut to 4; an order comes behind them and is hit by 9: 4 of it would have been ours.</summary>
    [Fact]
    public void Cut_order_keeps_its_place()
    {
        Tape tape = Market();
        int before = tape.Messages.Count;
        tape.Add(9, Side.Sell, 101, 9).Trade(Side.Buy, 101, 9).Fill(9, Side.Sell, 101, 9, BookFlags.Last).Nothing();

        List<string> lines = VenueRun.Lines(VenueRun.Of(tape, before, engine =>
        {
            Buy(engine, 6);
            engine.Submit(Side.Sell, 101, 6, change: Conditions.ReduceOnly);
            engine.Submit(Side.Sell, 0, 2, change: Conditions.Market);
        }));

        Assert.Equal(["Replaced ReduceOnly leaves 4", "Filled 4 leaves 0 ahead 20"], lines[^2..]);
    }

    /// <summary>One arrival reaches both of ours: the first fill leaves 1 of the position, so the second order fills by 1.</summary>
    [Fact]
    public void Fills_of_one_event_count_one_by_one()
    {
        Tape tape = Market();
        int before = tape.Messages.Count;
        tape.Add(9, Side.Buy, 110, 30).Nothing();

        List<string> lines = VenueRun.Lines(VenueRun.Of(tape, before, engine =>
        {
            Buy(engine, 6);
            engine.Submit(Side.Sell, 105, 5, change: Conditions.ReduceOnly);
            engine.Submit(Side.Sell, 106, 6, change: Conditions.ReduceOnly);
        }));

        Assert.Equal(["Filled 5 leaves 0 ahead 0", "Replaced ReduceOnly leaves 1", "Filled 1 leaves 0 ahead 0"], lines[4..]);
    }

    [Fact]
    public void Replacement_is_cut_like_a_new_order()
    {
        List<string> lines = AtEnd(engine =>
        {
            Buy(engine, 6);
            ClientOrderId id = engine.Submit(Side.Sell, 105, 3, change: Conditions.ReduceOnly);
            engine.Replace(id, Side.Sell, 105, 9);
            engine.Replace(id, Side.Sell, 105, 9);
        });

        Assert.Equal(["Replaced leaves 6 cumulative 0 ahead 0", "Replaced leaves 6 cumulative 0 ahead 0"], lines[^2..]);
    }
}
