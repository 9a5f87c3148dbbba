using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>How orders take: every run is the oracle's too.</summary>
public class LiquidityWalkTests
{
    /// <summary>Asks 101: 1 (2), 2 (4); 102: 3 (8); 105: 4 (1). Bids 99: 5 (3); 98: 6 (4).</summary>
    private static Tape Market() => new Tape().Define()
        .Add(1, Side.Sell, 101, 2).Add(2, Side.Sell, 101, 4).Add(3, Side.Sell, 102, 8).Add(4, Side.Sell, 105, 1).Add(5, Side.Buy, 99, 3).Add(6, Side.Buy, 98, 4);

    [Fact]
    public void Crossing_limit_order_takes_level_by_level_and_rests_with_what_is_left()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine => engine.Submit(Side.Buy, 103, 20, postOnly: false));

        Assert.Equal(["Accepted ahead 0", "Took 6 at 101 leaves 14", "Took 8 at 102 leaves 6"], VenueRun.Lines(reports));
        Assert.Equal(9m / 10_000 * 101 * 6 + 0.85m * 6, reports[1].FeeNanos / 1e9m);      // nine basis points and 0.85 per contract
    }

    [Fact]
    public void Rest_of_a_crossing_order_stands_in_its_queue_like_any_other()
    {
        Tape tape = Market();
        int before = tape.Messages.Count;
        tape.Add(7, Side.Buy, 101, 5).Trade(Side.Sell, 101, 4).Fill(7, Side.Buy, 101, 4, BookFlags.Last).Nothing();

        List<OrderReport> reports = VenueRun.Of(tape, before, engine => engine.Submit(Side.Buy, 101, 9, postOnly: false));

        Assert.Equal(["Accepted ahead 0", "Took 6 at 101 leaves 3", "Filled 3 leaves 0 ahead 0"], VenueRun.Lines(reports));
    }

    [Fact]
    public void Liquidity_that_we_took_stays_taken()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            engine.Submit(Side.Buy, 101, 3, postOnly: false);
            engine.Submit(Side.Buy, 101, 2, change: Make(TimeInForce.ImmediateOrCancel));
            engine.Submit(Side.Buy, 102, 2, change: Make(TimeInForce.ImmediateOrCancel));
            engine.Submit(Side.Buy, 101, 1);
        });

        Assert.Equal(
            ["Accepted ahead 0", "Took 3 at 101 leaves 0", "Accepted ahead ", "Took 2 at 101 leaves 0", "Accepted ahead ", "Took 1 at 101 leaves 1", "Took 1 at 102 leaves 0",
             "Accepted ahead 0"],
            VenueRun.Lines(reports));
    }

    /// <summary>Order 2 has 1 left for us after the first take; once it gets 5 more it has 6; order 1, which we took whole, left and came back.</summary>
    [Fact]
    public void What_comes_new_can_be_taken_again()
    {
        Tape tape = Market();
        int before = tape.Messages.Count;
        tape.Modify(2, Side.Sell, 101, 9).Cancel(1, Side.Sell, 101, 2).Add(1, Side.Sell, 101, 3);
        int again = tape.Messages.Count;
        tape.Nothing();

        List<OrderReport> reports = VenueRun.Of(
            tape, before, engine => engine.Submit(Side.Buy, 101, 5, postOnly: false), engine => engine.Submit(Side.Buy, 101, 20, change: Make(TimeInForce.ImmediateOrCancel)), again);

        Assert.Equal(["Took 9 at 101 leaves 11", "Canceled NoLiquidity cumulative 9"], VenueRun.Lines(reports)[^2..]);
    }

    [Theory]
    [InlineData(TimeInForce.ImmediateOrCancel, OrderType.Limit, 10, "Accepted ahead |Took 6 at 101 leaves 4|Took 4 at 102 leaves 0")]
    [InlineData(TimeInForce.ImmediateOrCancel, OrderType.Limit, 15, "Accepted ahead |Took 6 at 101 leaves 9|Took 8 at 102 leaves 1|Canceled NoLiquidity cumulative 14")]
    [InlineData(TimeInForce.FillOrKill, OrderType.Limit, 14, "Accepted ahead |Took 6 at 101 leaves 8|Took 8 at 102 leaves 0")]
    [InlineData(TimeInForce.FillOrKill, OrderType.Limit, 15, "Accepted ahead |Canceled NoLiquidity cumulative 0")]
    [InlineData(TimeInForce.Day, OrderType.Market, 15, "Accepted ahead |Took 6 at 101 leaves 9|Took 8 at 102 leaves 1|Took 1 at 105 leaves 0")]
    [InlineData(TimeInForce.GoodTillCancel, OrderType.Market, 16, "Accepted ahead |Took 6 at 101 leaves 10|Took 8 at 102 leaves 2|Took 1 at 105 leaves 1|Canceled NoLiquidity cumulative 15")]
    [InlineData(TimeInForce.FillOrKill, OrderType.Market, 16, "Accepted ahead |Canceled NoLiquidity cumulative 0")]
    public void Each_kind_takes_what_it_may_and_ends(TimeInForce timeInForce, OrderType type, long quantity, string expected)
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            ClientOrderId id = engine.Submit(Side.Buy, 102, quantity, change: Make(timeInForce, type));
            engine.Cancel(id);
        });

        Assert.Equal([.. expected.Split('|'), "CancelRejected TooLate"], VenueRun.Lines(reports));
    }

    [Fact]
    public void Sell_takes_bids_from_the_highest_down()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine => engine.Submit(Side.Sell, 0, 5, change: Make(TimeInForce.Day, OrderType.Market)));

        Assert.Equal(["Accepted ahead ", "Took 3 at 99 leaves 2", "Took 2 at 98 leaves 0"], VenueRun.Lines(reports));
    }

    [Fact]
    public void Walk_of_many_levels_finds_all_of_them()
    {
        Tape tape = new Tape().Define();
        for (int i = 0; i < 100; i++) tape.Add((ulong)i + 1, Side.Sell, 101 + i, 1);

        List<OrderReport> reports = VenueRun.AtEndOf(tape, engine =>
        {
            engine.Submit(Side.Buy, 160, 60, postOnly: false);
            engine.Submit(Side.Buy, 180, 1, change: Make(TimeInForce.ImmediateOrCancel));
        });

        Assert.Equal("Took 1 at 160 leaves 0", VenueRun.Lines(reports)[60]);
        Assert.Equal("Took 1 at 161 leaves 0", VenueRun.Lines(reports)[62]);
    }

    /// <summary>101 has 6 in orders; at 102 the feed says 5 without orders.</summary>
    [Theory]
    [InlineData(TimeInForce.GoodTillCancel, OrderType.Limit, 6, "Accepted ahead 0|Took 6 at 101 leaves 0")]
    [InlineData(TimeInForce.GoodTillCancel, OrderType.Limit, 7, "Rejected WouldCross")]
    [InlineData(TimeInForce.ImmediateOrCancel, OrderType.Limit, 7, "Accepted ahead |Took 6 at 101 leaves 1|Canceled NoLiquidity cumulative 6")]
    [InlineData(TimeInForce.FillOrKill, OrderType.Limit, 7, "Accepted ahead |Canceled NoLiquidity cumulative 0")]
    [InlineData(TimeInForce.Day, OrderType.Market, 7, "Accepted ahead |Took 6 at 101 leaves 1|Canceled NoLiquidity cumulative 6")]
    public void Taking_stops_before_quantity_that_came_as_a_level(TimeInForce timeInForce, OrderType type, long quantity, string expected)
    {
        Tape tape = Market().Add(0, Side.Sell, 102, 5, BookFlags.Aggregated | BookFlags.Last).Add(9, Side.Sell, 102, 4);

        Assert.Equal(expected.Split('|'), VenueRun.Lines(VenueRun.AtEndOf(tape, engine => engine.Submit(Side.Buy, 105, quantity, change: Make(timeInForce, type)))));
    }

    [Theory]
    [InlineData(6, "Accepted ahead |Took 6 at 101 leaves 0")]
    [InlineData(7, "Rejected WouldMeetOwn")]
    public void Market_order_that_would_come_to_one_of_our_own_is_rejected(long quantity, string expected)
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            engine.Submit(Side.Sell, 102, 1);
            engine.Submit(Side.Buy, 0, quantity, change: Make(TimeInForce.Day, OrderType.Market));
        });

        Assert.Equal(expected.Split('|'), VenueRun.Lines(reports)[1..]);
    }

    [Fact]
    public void Market_order_that_empties_the_tape_before_our_own_order_is_rejected_too()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            engine.Submit(Side.Sell, 120, 1);
            engine.Submit(Side.Buy, 0, 15, change: Make(TimeInForce.Day, OrderType.Market));
            engine.Submit(Side.Buy, 0, 1, change: Make(TimeInForce.FillOrKill, OrderType.Market));
        });

        Assert.Equal(["Took 6 at 101 leaves 9", "Took 8 at 102 leaves 1", "Took 1 at 105 leaves 0", "Rejected WouldMeetOwn"], VenueRun.Lines(reports)[2..]);
    }

    /// <summary>What rests after taking displaces the tape as any order of ours does, and what it took from order 1 does not come back when that order moves to us.</summary>
    [Fact]
    public void Taken_order_that_moves_through_our_price_brings_only_what_we_did_not_take()
    {
        Tape tape = Market();
        int before = tape.Messages.Count;
        tape.Modify(3, Side.Sell, 101, 8).Nothing();

        List<OrderReport> reports = VenueRun.Of(tape, before, engine =>
        {
            engine.Submit(Side.Buy, 102, 11, change: Make(TimeInForce.ImmediateOrCancel));      // 6 at 101, 5 of order 3
            engine.Submit(Side.Buy, 101, 9, postOnly: false);
        });

        Assert.Equal("Filled 3 leaves 6 ahead 0", VenueRun.Lines(reports)[^1]);
    }

    internal static Action<OrderCommandBox> Make(TimeInForce timeInForce, OrderType type = OrderType.Limit) => box =>
    {
        box.Command.TimeInForce = timeInForce;
        box.Command.Type = type;
        box.Command.Flags = OrderFlags.None;
        if (type == OrderType.Market) box.Command.Price = Price.None;
    };
}
