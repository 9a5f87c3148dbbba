using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>What is accepted and why not. Every run is the oracle's too.</summary>
public class OrderAdmissionTests
{
    [Theory]
    [InlineData(OrderType.Limit, TimeInForce.Day, OrderFlags.None, true)]
    [InlineData(OrderType.Limit, TimeInForce.GoodTillCancel, OrderFlags.PostOnly, true)]
    [InlineData(OrderType.Limit, TimeInForce.ImmediateOrCancel, OrderFlags.None, true)]
    [InlineData(OrderType.Limit, TimeInForce.FillOrKill, OrderFlags.None, true)]
    [InlineData(OrderType.Market, TimeInForce.Day, OrderFlags.None, true)]
    [InlineData(OrderType.Market, TimeInForce.GoodTillCancel, OrderFlags.None, true)]
    [InlineData(OrderType.Limit, TimeInForce.ImmediateOrCancel, OrderFlags.PostOnly, false)]
    [InlineData(OrderType.Limit, TimeInForce.FillOrKill, OrderFlags.PostOnly, false)]
    [InlineData(OrderType.Market, TimeInForce.Day, OrderFlags.PostOnly, false)]
    [InlineData(OrderType.Limit, TimeInForce.Day, (OrderFlags)4, false)]
    [InlineData(OrderType.Limit, TimeInForce.None, OrderFlags.None, false)]
    [InlineData(OrderType.Market, TimeInForce.None, OrderFlags.None, false)]
    [InlineData(OrderType.AtOpen, TimeInForce.Day, OrderFlags.None, false)]
    [InlineData(OrderType.AtClose, TimeInForce.Day, OrderFlags.None, false)]
    public void Kinds_of_orders(OrderType type, TimeInForce timeInForce, OrderFlags flags, bool isSupported)
    {
        OrderReport first = Submit(Market(), Side.Buy, 100, box =>
        {
            LiquidityWalkTests.Make(timeInForce, type)(box);
            box.Command.Flags = flags;
        });

        Assert.Equal(isSupported ? (ReportKind.Accepted, ReasonCode.None) : (ReportKind.Rejected, ReasonCode.Unsupported), (first.Kind, first.Reason));
    }

    [Fact]
    public void Market_order_with_a_price_is_unsupported() =>
        Assert.Equal(ReasonCode.Unsupported, Submit(Market(), Side.Buy, 100, box => box.Command.Type = OrderType.Market, postOnly: false).Reason);

    [Theory]
    [InlineData(PositionSide.Long)]
    [InlineData(PositionSide.Short)]
    public void Position_side_other_than_net_is_unsupported(PositionSide side) =>
        Assert.Equal(ReasonCode.Unsupported, Submit(Market(), Side.Buy, 100, box => box.Command.PositionSide = side).Reason);

    [Fact]
    public void Report_states_the_net_position() => Assert.Equal(PositionSide.Net, Submit(Market(), Side.Buy, 100).PositionSide);

    /// <summary>Limit orders rest in pre-open and auction; what takes at once needs a market that trades and a book that can be trusted.</summary>
    [Theory]
    [InlineData(TradingState.Continuous, false, ReasonCode.None, ReasonCode.None)]
    [InlineData(TradingState.Unknown, false, ReasonCode.None, ReasonCode.None)]
    [InlineData(TradingState.PreOpen, false, ReasonCode.WouldCross, ReasonCode.MarketClosed)]
    [InlineData(TradingState.Auction, false, ReasonCode.WouldCross, ReasonCode.MarketClosed)]
    [InlineData(TradingState.Halted, false, ReasonCode.MarketClosed, ReasonCode.MarketClosed)]
    [InlineData(TradingState.Closed, false, ReasonCode.MarketClosed, ReasonCode.MarketClosed)]
    [InlineData(TradingState.Continuous, true, ReasonCode.WouldCross, ReasonCode.MarketClosed)]
    public void Taking_by_state(TradingState state, bool isStale, ReasonCode crossingLimit, ReasonCode immediate)
    {
        Tape tape = Market().State(state);
        if (isStale) tape.Nothing(BookFlags.MaybeBadBook | BookFlags.Last);

        Assert.Equal(crossingLimit, Submit(Copy(tape), Side.Buy, 101, postOnly: false).Reason);
        Assert.Equal(immediate, Submit(Copy(tape), Side.Buy, 101, LiquidityWalkTests.Make(TimeInForce.ImmediateOrCancel)).Reason);
        Assert.Equal(immediate, Submit(Copy(tape), Side.Buy, 101, LiquidityWalkTests.Make(TimeInForce.FillOrKill)).Reason);
        Assert.Equal(immediate, Submit(Copy(tape), Side.Buy, 0, LiquidityWalkTests.Make(TimeInForce.Day, OrderType.Market)).Reason);
    }

    [Theory]
    [InlineData(TimeInForce.GoodTillCancel)]
    [InlineData(TimeInForce.ImmediateOrCancel)]
    [InlineData(TimeInForce.FillOrKill)]
    public void Priced_order_that_reaches_one_of_our_own_is_rejected_whatever_stands_before_it(TimeInForce timeInForce)
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            engine.Submit(Side.Sell, 103, 1);
            engine.Submit(Side.Buy, 103, 1, change: LiquidityWalkTests.Make(timeInForce));
        });

        Assert.Equal("Rejected WouldMeetOwn", VenueRun.Lines(reports)[1]);
    }

    /// <summary>Nine basis points of 2e14 do not fit, 0.35 of them do: a post-only order never pays the first.</summary>
    [Fact]
    public void Fee_that_would_not_fit_counts_by_what_the_order_can_become()
    {
        List<OrderReport> reports = VenueRun.AtEndOf(Market(), engine =>
        {
            engine.Submit(Side.Sell, 1_000_000_000, 200_000);
            engine.Submit(Side.Sell, 1_000_000_000, 200_000, postOnly: false);
        });

        Assert.Equal(["Accepted ahead 0", "Rejected NumericRange"], VenueRun.Lines(reports));
    }

    /// <summary>A market order's value is what it takes: nothing is wrong with its quantity, but with the price of what stands there.</summary>
    [Theory]
    [InlineData(OrderType.Market)]
    [InlineData(OrderType.Limit)]
    public void Fee_of_what_would_be_taken_has_to_fit(OrderType type)
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 9_000_000_000, 2_000_000);

        List<OrderReport> reports = VenueRun.AtEndOf(tape, engine =>
        {
            engine.Submit(Side.Sell, 1, 2_000_000, change: LiquidityWalkTests.Make(TimeInForce.ImmediateOrCancel, type));
            engine.Submit(Side.Sell, 1, 1_000, change: LiquidityWalkTests.Make(TimeInForce.ImmediateOrCancel, type));
        });

        Assert.Equal(["Rejected NumericRange", "Accepted ahead ", "Took 1000 at 9000000000 leaves 0"], VenueRun.Lines(reports));
    }

    [Fact]
    public void Each_instrument_pays_by_its_own_schedule()
    {
        Tape tape = new Tape().Define(0).Define(1, multiplier: 100m, kind: InstrumentKind.Inverse);
        tape.Record(BookAction.Add, 1, Side.Sell, 101, 9, BookFlags.Last, instrument: 0);
        tape.Record(BookAction.Add, 1, Side.Sell, 300, 9, BookFlags.Last, instrument: 1);

        List<OrderReport> reports = VenueRun.AtEndOf(tape, engine =>
        {
            engine.Submit(Side.Buy, 101, 2, postOnly: false, instrument: 0);
            engine.Submit(Side.Buy, 300, 2, postOnly: false, instrument: 1);
        });

        Assert.Equal(1_881_800_000, reports[1].FeeNanos);          // 9 bps of 202, and 0.85 for each of 2
        Assert.Equal(300_000 + 246, reports[3].FeeNanos);            // 4.5 bps of 2 × 100 ÷ 300 of the coin, and 0.000000123 for each
    }

    private static Tape Market() => new Tape().Define().Add(1, Side.Sell, 101, 5).Add(2, Side.Buy, 99, 5);

    private static Tape Copy(Tape tape)
    {
        Tape copy = new() { Time = tape.Time };
        copy.Messages.AddRange(tape.Messages);
        return copy;
    }

    private static OrderReport Submit(Tape tape, Side side, long price, Action<OrderCommandBox>? change = null, bool postOnly = true) =>
        VenueRun.AtEndOf(tape, engine => engine.Submit(side, price, 3, postOnly, change: change))[0];
}
