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

    /// <summary>Each order needs one feature; with all others it is unsupported.</summary>
    [Theory]
    [InlineData(VenueFeatures.Stops)]
    [InlineData(VenueFeatures.Trailing)]
    [InlineData(VenueFeatures.Expiry)]
    [InlineData(VenueFeatures.ReduceOnly)]
    [InlineData(VenueFeatures.Lists)]
    public void What_needs_a_feature_that_the_venue_has_not_is_unsupported(VenueFeatures feature)
    {
        Action<ScriptedEngine>[] orders = feature switch
        {
            VenueFeatures.Stops => [engine => engine.Submit(Side.Buy, 0, 1, change: Conditions.Stop(105)), engine => engine.Submit(Side.Buy, 105, 1, change: Conditions.StopLimit(105))],
            VenueFeatures.Trailing => [engine => engine.Submit(Side.Buy, 0, 1, change: Conditions.Trail(3))],
            VenueFeatures.Expiry => [engine => engine.Submit(Side.Buy, 90, 1, change: Conditions.Day), engine => engine.Submit(Side.Buy, 90, 1, change: Conditions.Until(9_000_000))],
            VenueFeatures.ReduceOnly => [engine => engine.Submit(Side.Buy, 0, 1, change: Conditions.Stop(105) + Conditions.ReduceOnly)],
            _ => [engine => engine.Submit(Side.Buy, 90, 1, change: Conditions.Parent()), engine => engine.Submit(Side.Buy, 90, 1, change: Conditions.Oco())],
        };
        VenueFeatures basis = feature == VenueFeatures.ReduceOnly ? VenueFeatures.Stops : VenueFeatures.None;
        foreach (Action<ScriptedEngine> order in orders)
        {
            Tape with = Market(), without = Market();
            Assert.Equal(ReportKind.Accepted, VenueRun.Of(with.Nothing(), 3, order, features: feature | basis)[0].Kind);
            Assert.Equal("Rejected Unsupported", VenueRun.Lines(VenueRun.Of(without.Nothing(), 3, order, features: VenueFeatures.All & ~feature))[0]);
        }
    }

    /// <summary>A market order never lives long enough to expire.</summary>
    [Fact]
    public void Market_order_of_the_day_needs_no_feature() =>
        Assert.Equal(ReportKind.Accepted, VenueRun.Of(Market().Nothing(), 3, engine => engine.Submit(Side.Buy, 0, 1, change: Conditions.Market + Conditions.Day), features: VenueFeatures.None)[0].Kind);

    [Theory]
    [InlineData(OrderType.Stop, 0, 0, TriggerSource.None, ReasonCode.ConditionInvalid)]
    [InlineData(OrderType.Stop, 95, 0, TriggerSource.None, ReasonCode.None)]
    [InlineData(OrderType.Stop, 95, 0, TriggerSource.Mark, ReasonCode.Unsupported)]
    [InlineData(OrderType.Stop, 95, 0, TriggerSource.Index, ReasonCode.Unsupported)]
    [InlineData(OrderType.Stop, 95, 2, TriggerSource.None, ReasonCode.ConditionInvalid)]
    [InlineData(OrderType.Stop, 95.5, 0, TriggerSource.None, ReasonCode.PriceOffTick)]
    [InlineData(OrderType.StopLimit, 0, 0, TriggerSource.None, ReasonCode.ConditionInvalid)]
    [InlineData(OrderType.Trailing, 0, 0, TriggerSource.None, ReasonCode.ConditionInvalid)]
    [InlineData(OrderType.Trailing, 0, 2, TriggerSource.BidAsk, ReasonCode.None)]
    [InlineData(OrderType.Trailing, 95, 2, TriggerSource.None, ReasonCode.None)]
    [InlineData(OrderType.Trailing, 0, -2, TriggerSource.None, ReasonCode.ConditionInvalid)]
    [InlineData(OrderType.Trailing, 0, 1.5, TriggerSource.None, ReasonCode.PriceOffTick)]
    [InlineData(OrderType.Limit, 95, 0, TriggerSource.None, ReasonCode.ConditionInvalid)]
    [InlineData(OrderType.Limit, 0, 2, TriggerSource.None, ReasonCode.ConditionInvalid)]
    [InlineData(OrderType.Limit, 0, 0, TriggerSource.Last, ReasonCode.ConditionInvalid)]
    public void Trigger_and_trail_are_there_where_they_are_needed_and_only_there(OrderType type, double trigger, double offset, TriggerSource source, ReasonCode expected)
    {
        OrderReport first = Submit(Market(), Side.Sell, 105, box =>
        {
            box.Command.Type = type;
            if (type is OrderType.Stop or OrderType.Trailing) (box.Command.Price, box.Command.Flags) = (Price.None, OrderFlags.None);
            box.Command.TriggerPrice = Price.From((decimal)trigger);
            box.Command.TrailOffset = Price.From((decimal)offset);
            box.Command.TriggerSource = source;
        });

        Assert.Equal(expected, first.Reason);
    }

    [Theory]
    [InlineData(TimeInForce.GoodTillDate, 0, ReasonCode.ConditionInvalid)]
    [InlineData(TimeInForce.GoodTillDate, 9_000_000, ReasonCode.None)]
    [InlineData(TimeInForce.Day, 9_000_000, ReasonCode.ConditionInvalid)]
    [InlineData(TimeInForce.GoodTillCancel, 9_000_000, ReasonCode.ConditionInvalid)]
    public void Date_is_there_where_it_is_needed_and_only_there(TimeInForce timeInForce, long time, ReasonCode expected) =>
        Assert.Equal(expected, Submit(Market(), Side.Sell, 105, box => (box.Command.TimeInForce, box.Command.ExpireTime) = (timeInForce, new Timestamp(time))).Reason);

    [Theory]
    [InlineData(7, Contingency.None)]
    [InlineData(0, Contingency.OneCancelsOther)]
    [InlineData(7, (Contingency)4)]
    public void List_has_a_number_and_a_contingency(ulong list, Contingency contingency) =>
        Assert.Equal(ReasonCode.Unsupported, Submit(Market(), Side.Sell, 105, box => (box.Command.ListId, box.Command.Contingency) = (list, contingency)).Reason);

    [Theory]
    [InlineData(TradingState.Halted, ReasonCode.MarketClosed)]
    [InlineData(TradingState.Closed, ReasonCode.MarketClosed)]
    [InlineData(TradingState.PreOpen, ReasonCode.None)]
    [InlineData(TradingState.Auction, ReasonCode.None)]
    public void Stops_by_state(TradingState state, ReasonCode expected) =>
        Assert.Equal(expected, Submit(Market().State(state), Side.Buy, 0, Conditions.Stop(105)).Reason);

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
