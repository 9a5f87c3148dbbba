using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>Replacements, one rule each. Every run is the oracle's too.</summary>
public class OrderDeskTests
{
    [Theory]
    [InlineData(100, 3, "Replaced leaves 3 cumulative 0 ahead 5")]       // smaller: keeps its place
    [InlineData(100, 4, "Replaced leaves 4 cumulative 0 ahead 5")]       // as it was
    [InlineData(100, 5, "Replaced leaves 5 cumulative 0 ahead 7")]       // larger: to the back
    [InlineData(99, 4, "Replaced leaves 4 cumulative 0 ahead 6")]        // elsewhere: to the back
    [InlineData(98, 2, "Replaced leaves 2 cumulative 0 ahead 0")]
    public void Place_is_kept_only_at_the_same_price_and_no_larger_quantity(long price, long quantity, string expected)
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 100, 5).Add(2, Side.Buy, 99, 6).Add(3, Side.Sell, 105, 5);
        int before = tape.Messages.Count;
        tape.Add(4, Side.Buy, 100, 2);
        int again = tape.Messages.Count;
        ClientOrderId id = default;

        List<OrderReport> reports = VenueRun.Of(
            tape.Nothing(), before, engine => id = engine.Submit(Side.Buy, 100, 4), engine => engine.Replace(id, Side.Buy, price, quantity), again);

        Assert.Equal(["Accepted ahead 5", expected], VenueRun.Lines(reports));
        Assert.Equal(reports[0].VenueOrderId, reports[1].VenueOrderId);
    }

    /// <summary>2 of 4 are filled. The whole new quantity is 3: one is left.</summary>
    [Fact]
    public void New_quantity_includes_what_is_filled()
    {
        List<OrderReport> reports = AfterTwoOfFour((engine, id) => engine.Replace(id, Side.Buy, 100, 3));

        Assert.Equal("Replaced leaves 1 cumulative 2 ahead 5", VenueRun.Lines(reports)[^1]);
    }

    [Theory]
    [InlineData(100, 2)]
    [InlineData(100, 1)]
    [InlineData(77, 1)]
    public void New_quantity_that_is_filled_already_ends_the_order(long price, long quantity)
    {
        List<OrderReport> reports = AfterTwoOfFour((engine, id) =>
        {
            engine.Replace(id, Side.Buy, price, quantity);
            engine.Replace(id, Side.Buy, 100, 9);
        });

        Assert.Equal(["Canceled Requested cumulative 2", "ReplaceRejected TooLate"], VenueRun.Lines(reports)[^2..]);
        Assert.True(reports[^2].Leaves.IsZero);
    }

    [Fact]
    public void New_price_that_crosses_takes_first_and_rests_with_what_is_left()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            ClientOrderId id = engine.Submit(Side.Buy, 98, 4, postOnly: false);
            engine.Replace(id, Side.Buy, 101, 9);
            engine.Replace(id, Side.Buy, 102, 10);
        });

        Assert.Equal(
            ["Accepted ahead 0", "Replaced leaves 9 cumulative 0 ahead 0", "Took 5 at 101 leaves 4", "Replaced leaves 5 cumulative 5 ahead 0", "Took 5 at 102 leaves 0"],
            VenueRun.Lines(reports));
    }

    [Fact]
    public void Post_only_order_whose_new_price_would_take_stands_as_it_was()
    {
        Tape tape = Market();
        int before = tape.Messages.Count;
        tape.Trade(Side.Sell, 98, 3).Fill(3, Side.Buy, 97, 3, BookFlags.Last).Nothing();

        List<OrderReport> reports = VenueRun.Of(tape, before, engine =>
        {
            ClientOrderId id = engine.Submit(Side.Buy, 98, 4, postOnly: true);
            engine.Replace(id, Side.Buy, 101, 9);
        });

        Assert.Equal(["Accepted ahead 0", "ReplaceRejected WouldCross", "Filled 3 leaves 1 ahead 0"], VenueRun.Lines(reports));
    }

    [Fact]
    public void Own_flags_of_the_order_stay_whatever_the_replacement_states()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            ClientOrderId id = engine.Submit(Side.Buy, 98, 4, postOnly: true);
            engine.Replace(id, Side.Buy, 101, 4, change: LiquidityWalkTests.Make(TimeInForce.ImmediateOrCancel));
        });

        Assert.Equal("ReplaceRejected WouldCross", VenueRun.Lines(reports)[^1]);
    }

    [Fact]
    public void What_stands_against_a_replacement_leaves_the_order_as_it_was()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            engine.Submit(Side.Sell, 100, 1);
            ClientOrderId id = engine.Submit(Side.Buy, 98, 4);
            engine.Replace(id, Side.Buy, 98, 4, change: box => box.Command.Price = new Price(98_500_000_000));
            engine.Replace(id, Side.Buy, 98, 4, change: box => box.Command.Quantity = new Quantity(1_500_000_000));
            engine.Replace(id, Side.Buy, 98, 0);
            engine.Replace(id, Side.Buy, 100, 4);
            engine.Replace(id, Side.Sell, 98, 4);
            engine.Replace(id, Side.Buy, 98, 4, change: box => box.Command.PositionSide = PositionSide.Long);
            engine.Replace(id, Side.Buy, -9_000_000_000, 9_000_000_000);
            engine.Replace(ClientOrderId.Create(5, 5, 5), Side.Buy, 98, 4);
            engine.Replace(id, Side.Buy, 98, 4, instrument: 7);
            engine.Replace(id, Side.Buy, 98, 4);
        });

        Assert.Equal(
            ["ReplaceRejected PriceOffTick", "ReplaceRejected QuantityOffLot", "ReplaceRejected QuantityNotPositive", "ReplaceRejected WouldMeetOwn",
             "ReplaceRejected Unsupported", "ReplaceRejected Unsupported", "ReplaceRejected NumericRange", "ReplaceRejected UnknownOrder", "ReplaceRejected UnknownOrder",
             "Replaced leaves 4 cumulative 0 ahead 0"],
            VenueRun.Lines(reports)[2..]);
    }

    [Theory]
    [InlineData(TradingState.Halted, 98, "ReplaceRejected MarketClosed")]
    [InlineData(TradingState.PreOpen, 97, "Replaced leaves 4 cumulative 0 ahead 3")]
    [InlineData(TradingState.PreOpen, 101, "ReplaceRejected WouldCross")]
    public void State_of_the_market_counts(TradingState state, long price, string expected)
    {
        Tape tape = Market();
        int before = tape.Messages.Count;
        tape.State(state);
        ClientOrderId id = default;

        List<OrderReport> reports = VenueRun.Of(
            tape.Nothing(), before, engine => id = engine.Submit(Side.Buy, 98, 4, postOnly: false), engine => engine.Replace(id, Side.Buy, price, 4), before + 1);

        Assert.Equal(expected, VenueRun.Lines(reports)[^1]);
    }

    /// <summary>Two of ours at 98: the first is raised and stands behind the second from then on.</summary>
    [Fact]
    public void Raised_order_stands_behind_our_others_of_its_price()
    {
        Tape tape = Market();
        int before = tape.Messages.Count;
        tape.Trade(Side.Sell, 97, 5).Fill(3, Side.Buy, 97, 5, BookFlags.Last).Nothing();
        ClientOrderId first = default, second = default;

        List<OrderReport> reports = VenueRun.Of(tape, before, engine =>
        {
            first = engine.Submit(Side.Buy, 98, 4);
            second = engine.Submit(Side.Buy, 98, 3);
            engine.Replace(first, Side.Buy, 98, 5);
        });

        Assert.Equal([(second, 3), (first, 2)], reports.Where(report => report.Kind == ReportKind.Filled).Select(report => (report.ClientOrderId, report.LastQuantity.Nanos / Quantity.Scale)));
    }

    [Fact]
    public void Order_that_ended_at_once_is_known_afterwards()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            ClientOrderId id = engine.Submit(Side.Buy, 101, 2, change: LiquidityWalkTests.Make(TimeInForce.ImmediateOrCancel));
            engine.Submit(Side.Buy, 98, 1, change: box => box.Command.ClientOrderId = id);
            engine.Replace(id, Side.Buy, 98, 4);
        });

        Assert.Equal(["Rejected DuplicateOrder", "ReplaceRejected TooLate"], VenueRun.Lines(reports)[^2..]);
    }

    /// <summary>Asks 101: 1 (5); 102: 2 (7). Bids 97: 3 (3).</summary>
    private static Tape Market() => new Tape().Define().Add(1, Side.Sell, 101, 5).Add(2, Side.Sell, 102, 7).Add(3, Side.Buy, 97, 3);

    /// <summary>Our 4 at 100 stand between 5 and 5; an order behind them fills by 2.</summary>
    private static List<OrderReport> AfterTwoOfFour(Action<ScriptedEngine, ClientOrderId> action)
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 100, 5).Add(3, Side.Sell, 105, 5);
        int before = tape.Messages.Count;
        tape.Add(2, Side.Buy, 100, 5).Trade(Side.Sell, 100, 2).Fill(2, Side.Buy, 100, 2, BookFlags.Last);
        int again = tape.Messages.Count;
        ClientOrderId id = default;
        return VenueRun.Of(tape.Nothing(), before, engine => id = engine.Submit(Side.Buy, 100, 4), engine => action(engine, id), again);
    }
}
