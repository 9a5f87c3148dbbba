using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>The rules of the queue, one by one. Orders are sent with zero latency after the last message of <c>before</c>.</summary>
public class SimulatedVenueTests
{
    [Fact]
    public void Worked_example_fills_two_and_two()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 100, 5).Add(2, Side.Buy, 100, 3);
        int before = tape.Messages.Count;
        List<OrderReport> reports = VenueRun.Of(WorkedExampleFlow(tape.Add(3, Side.Buy, 100, 6)), before, engine => engine.Submit(Side.Buy, 100, 4));

        Assert.Equal(["Accepted ahead 8", "Filled 2 leaves 2 ahead 0", "Filled 2 leaves 0 ahead 0"], VenueRun.Lines(reports));
        Assert.All(reports[1..], report => Assert.Equal((Liquidity.Maker, new Price(100 * Price.Scale)), (report.Liquidity, report.LastPrice)));
    }

    [Fact]
    public void Worked_example_fills_nothing_for_an_order_behind_the_last_one()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 100, 5).Add(2, Side.Buy, 100, 3).Add(3, Side.Buy, 100, 6)
            .Cancel(2, Side.Buy, 100, 1).Trade(Side.Sell, 100, 6).Fill(1, Side.Buy, 100, 5).Fill(2, Side.Buy, 100, 1).Cancel(1, Side.Buy, 100, 5, BookFlags.None)
            .Cancel(2, Side.Buy, 100, 1).Modify(3, Side.Buy, 100, 2).Add(4, Side.Buy, 100, 9);
        int before = tape.Messages.Count;
        tape.Trade(Side.Sell, 100, 3).Fill(2, Side.Buy, 100, 1).Fill(3, Side.Buy, 100, 2).Cancel(2, Side.Buy, 100, 1, BookFlags.None).Cancel(3, Side.Buy, 100, 2)
            .Trade(Side.Sell, 100, 2).Fill(4, Side.Buy, 100, 2).Cancel(4, Side.Buy, 100, 2).Nothing();

        List<OrderReport> reports = VenueRun.Of(tape, before, engine => engine.Submit(Side.Buy, 100, 4));

        Assert.Equal(["Accepted ahead 12"], VenueRun.Lines(reports));
    }

    /// <summary>Cancel 2 by 1; sell 6; modify 3 down to 2; add 4; sell 3; sell 2.</summary>
    private static Tape WorkedExampleFlow(Tape tape) => tape
        .Cancel(2, Side.Buy, 100, 1)
        .Trade(Side.Sell, 100, 6).Fill(1, Side.Buy, 100, 5).Fill(2, Side.Buy, 100, 1).Cancel(1, Side.Buy, 100, 5, BookFlags.None).Cancel(2, Side.Buy, 100, 1)
        .Modify(3, Side.Buy, 100, 2)
        .Add(4, Side.Buy, 100, 9)
        .Trade(Side.Sell, 100, 3).Fill(2, Side.Buy, 100, 1).Fill(3, Side.Buy, 100, 2).Cancel(2, Side.Buy, 100, 1, BookFlags.None).Cancel(3, Side.Buy, 100, 2)
        .Trade(Side.Sell, 100, 2).Fill(4, Side.Buy, 100, 2).Cancel(4, Side.Buy, 100, 2)
        .Nothing();

    [Fact]
    public void Arriving_order_through_our_price_trades_with_us_first_and_only_once()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 99, 5);
        int before = tape.Messages.Count;
        tape.Add(2, Side.Sell, 98, 10).Modify(2, Side.Sell, 98, 12).Modify(2, Side.Sell, 97, 12).Nothing();

        List<OrderReport> reports = VenueRun.Of(tape, before, engine =>
        {
            engine.Submit(Side.Buy, 99, 4);
            engine.Submit(Side.Buy, 100, 3);
            engine.Submit(Side.Buy, 98, 9);
        });

        // 10 arrive: 3 to the better order, 4 to the next, 3 to the last; the modify up brings 2 more, the move to 97 none that we did not take.
        Assert.Equal(["Filled 3 leaves 0 ahead 0", "Filled 4 leaves 0 ahead 5", "Filled 3 leaves 6 ahead 0", "Filled 2 leaves 4 ahead 0"], VenueRun.Lines(reports)[3..]);
        Assert.Equal([100, 99, 98, 98], reports[3..].Select(report => report.LastPrice.Nanos / Price.Scale));
    }

    [Theory]
    [InlineData(BookFlags.Snapshot)]
    [InlineData(BookFlags.TopOfBook)]
    [InlineData(BookFlags.Aggregated)]
    [InlineData(BookFlags.MaybeBadBook)]
    public void Arrival_that_is_no_fresh_order_trades_with_nobody(BookFlags flag)
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5);
        int before = tape.Messages.Count;
        tape.Add(2, Side.Sell, 98, 10, flag | BookFlags.Last).Nothing();

        Assert.Single(VenueRun.Of(tape, before, engine => engine.Submit(Side.Buy, 99, 4)));
    }

    [Fact]
    public void Fill_at_a_worse_price_fills_us_by_its_quantity_and_the_better_order_first()
    {
        Tape tape = new Tape().Define().Add(1, Side.Sell, 105, 5).Add(2, Side.Sell, 103, 5);
        int before = tape.Messages.Count;
        tape.Trade(Side.Buy, 105, 5).Fill(1, Side.Sell, 105, 5).Cancel(1, Side.Sell, 105, 5).Nothing();

        List<OrderReport> reports = VenueRun.Of(tape, before, engine =>
        {
            engine.Submit(Side.Sell, 104, 3);
            engine.Submit(Side.Sell, 103, 4);
        });

        Assert.Equal(["Filled 4 leaves 0 ahead 5", "Filled 1 leaves 2 ahead 0"], VenueRun.Lines(reports)[2..]);
    }

    [Fact]
    public void Fill_of_an_unknown_order_fills_nobody()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5);
        int before = tape.Messages.Count;
        tape.Trade(Side.Sell, 80, 5).Fill(9, Side.Buy, 80, 5, BookFlags.Last).Nothing();

        Assert.Single(VenueRun.Of(tape, before, engine => engine.Submit(Side.Buy, 91, 4)));
    }

    [Fact]
    public void Prints_without_fills_consume_the_queue_from_the_front()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 100, 5);
        int before = tape.Messages.Count;
        tape.Add(2, Side.Buy, 100, 7)
            .Trade(Side.Sell, 100, 3).Cancel(1, Side.Buy, 100, 3, BookFlags.None).Trade(Side.Sell, 100, 3).Cancel(1, Side.Buy, 100, 2, BookFlags.None).Nothing()
            .Trade(Side.Buy, 100, 9, BookFlags.Last).Trade(Side.None, 100, 9, BookFlags.Last)
            .Trade(Side.Sell, 99, 2, BookFlags.Last).Nothing();

        List<OrderReport> reports = VenueRun.Of(tape, before, engine => engine.Submit(Side.Buy, 100, 4));

        // 3 + 3 prints meet 5 ahead; buyers and nobody's prints do not concern a bid; a print through the price fills by its quantity.
        Assert.Equal(["Accepted ahead 5", "Filled 1 leaves 3 ahead 0", "Filled 2 leaves 1 ahead 0"], VenueRun.Lines(reports));
    }

    [Fact]
    public void Rebuilt_book_puts_us_behind_all_orders_of_our_price()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 100, 5);
        int before = tape.Messages.Count;
        tape.Clear(BookFlags.Snapshot).Add(11, Side.Buy, 100, 2, BookFlags.Snapshot).Add(12, Side.Buy, 100, 6, BookFlags.Snapshot | BookFlags.Last)
            .Add(13, Side.Buy, 100, 3)
            .Trade(Side.Sell, 100, 8).Fill(11, Side.Buy, 100, 2).Fill(12, Side.Buy, 100, 6, BookFlags.Last)
            .Trade(Side.Sell, 100, 1).Fill(13, Side.Buy, 100, 1, BookFlags.Last).Nothing();

        Assert.Equal(["Accepted ahead 5", "Filled 1 leaves 3 ahead 8"], VenueRun.Lines(VenueRun.Of(tape, before, engine => engine.Submit(Side.Buy, 100, 4))));
    }

    [Theory]
    [InlineData(TradingState.Continuous, 1)]
    [InlineData(TradingState.Unknown, 1)]
    [InlineData(TradingState.PreOpen, 0)]
    [InlineData(TradingState.Auction, 0)]
    [InlineData(TradingState.Halted, 0)]
    public void Only_a_continuous_or_unknown_market_fills(TradingState state, int fills)
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5);
        int before = tape.Messages.Count;
        tape.State(state).Trade(Side.Sell, 90, 2).Fill(1, Side.Buy, 90, 2, BookFlags.Last).Nothing();

        Assert.Equal(fills, VenueRun.Of(tape, before, engine => engine.Submit(Side.Buy, 91, 4)).Count(report => report.Kind == ReportKind.Filled));
    }

    [Theory]
    [InlineData(TradingState.PreOpen, ReportKind.Accepted, ReasonCode.None)]
    [InlineData(TradingState.Auction, ReportKind.Accepted, ReasonCode.None)]
    [InlineData(TradingState.Halted, ReportKind.Rejected, ReasonCode.MarketClosed)]
    [InlineData(TradingState.Closed, ReportKind.Rejected, ReasonCode.MarketClosed)]
    public void Halted_and_closed_markets_take_no_orders(TradingState state, ReportKind kind, ReasonCode reason)
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5).State(state);

        OrderReport report = Assert.Single(VenueRun.Of(tape.Nothing(), tape.Messages.Count - 1, engine => engine.Submit(Side.Buy, 91, 4)));

        Assert.Equal((kind, reason), (report.Kind, report.Reason));
    }

    [Theory]
    [InlineData(101, ReasonCode.WouldCross)]
    [InlineData(100, ReasonCode.None)]
    public void Post_only_order_that_would_take_liquidity_is_rejected(long price, ReasonCode reason)
    {
        Tape tape = new Tape().Define().Add(1, Side.Sell, 101, 5).Nothing();

        Assert.Equal(reason, Assert.Single(VenueRun.Of(tape, 2, engine => engine.Submit(Side.Buy, price, 1))).Reason);
    }

    [Fact]
    public void Quantity_that_we_took_is_no_longer_in_the_way()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5);
        int before = tape.Messages.Count;
        tape.Add(2, Side.Sell, 99, 4).Nothing().Nothing();
        List<OrderReport> reports = VenueRun.Of(tape, before, engine =>
        {

            engine.Submit(Side.Buy, 99, 4);
        }, engine => engine.Submit(Side.Buy, 99, 1), again: before + 1);

        Assert.Equal(["Accepted ahead 0", "Filled 4 leaves 0 ahead 0", "Accepted ahead 0"], VenueRun.Lines(reports));
    }

    /// <summary>Order 2 leaves while no order of ours rests; when its id comes back it is another order.</summary>
    [Fact]
    public void What_we_took_is_forgotten_with_its_order_even_while_nothing_of_ours_rests()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5);
        int before = tape.Messages.Count;
        tape.Add(2, Side.Sell, 99, 4).Cancel(2, Side.Sell, 99, 4);
        for (int i = 0; i < 2_000; i++) tape.Nothing();      // whole chunks that an idle venue takes in bulk
        tape.Modify(2, Side.Sell, 99, 4);
        int again = tape.Messages.Count;
        tape.Nothing();

        List<OrderReport> reports = VenueRun.Of(tape, before, engine => engine.Submit(Side.Buy, 99, 4), engine => engine.Submit(Side.Buy, 99, 1), again);

        Assert.Equal([ReasonCode.None, ReasonCode.None, ReasonCode.WouldCross], reports.Select(report => report.Reason));
    }

    [Fact]
    public void Own_orders_never_meet()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5).Nothing();
        List<OrderReport> reports = VenueRun.Of(tape, 2, engine =>
        {
            engine.Submit(Side.Buy, 100, 1);
            engine.Submit(Side.Sell, 100, 1);
            engine.Submit(Side.Sell, 101, 1);
        });

        Assert.Equal([ReasonCode.None, ReasonCode.WouldMeetOwn, ReasonCode.None], reports.Select(report => report.Reason));
    }

    [Fact]
    public void Cancel_of_an_order_that_is_gone_or_never_was_is_rejected()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5).Nothing();
        List<OrderReport> reports = VenueRun.Of(tape, 2, engine =>
        {
            ClientOrderId id = engine.Submit(Side.Buy, 91, 1);
            engine.Cancel(id);
            engine.Cancel(id);
            engine.Cancel(ClientOrderId.Create(5, 5, 5));
        });

        Assert.Equal(
            [(ReportKind.Accepted, ReasonCode.None), (ReportKind.Canceled, ReasonCode.Requested), (ReportKind.CancelRejected, ReasonCode.TooLate),
             (ReportKind.CancelRejected, ReasonCode.UnknownOrder)],
            reports.Select(report => (report.Kind, report.Reason)));
    }

    [Fact]
    public void Command_waits_for_the_end_of_an_open_event()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5, BookFlags.None);
        tape.Add(2, Side.Buy, 91, 5, BookFlags.None).Add(3, Side.Buy, 92, 5, BookFlags.Last).Nothing();

        OrderReport report = Assert.Single(VenueRun.Of(tape, 2, engine => engine.Submit(Side.Buy, 92, 1)));

        Assert.Equal(5, report.QueueAhead.Nanos / Quantity.Scale);
        Assert.Equal(Messages.Header(tape.Messages[3]).EventTime, report.Header.EventTime);
    }

    [Fact]
    public void Event_without_an_end_is_cut()
    {
        Tape tape = new Tape().Define();
        for (int i = 0; i < SimulatedVenue.EventMessagesMax + 10; i++) tape.Nothing(BookFlags.None);
        ScriptedEngine engine = new(LatencyModel.Zero) { OnInput = (one, _) => { if (one.Inputs == 2) one.Submit(Side.Buy, 92, 1); } };
        engine.Run(tape, piece: 500);

        Assert.Equal(ReportKind.Accepted, Assert.Single(engine.Reports).Kind);
        Assert.Equal(1, engine.Venue.CutEvents);
    }

    [Fact]
    public void Event_that_states_and_definitions_keep_open_is_cut_too()
    {
        Tape tape = new Tape().Define().Nothing().Nothing(BookFlags.None);
        for (int i = 0; i < SimulatedVenue.EventMessagesMax + 10; i++) tape.State(TradingState.Continuous);
        ClientOrderId order = default;
        ScriptedEngine engine = new(LatencyModel.Zero)
        {
            OnInput = (one, _) =>
            {
                if (one.Inputs == 1) order = one.Submit(Side.Buy, 92, 1);
                if (one.Inputs == 100) one.Cancel(order);
            },
        };
        engine.Run(tape, piece: 500);

        Assert.Equal([ReportKind.Accepted, ReportKind.Canceled], engine.Reports.Select(report => report.Kind));
        Assert.Equal(1, engine.Venue.CutEvents);
    }

    [Fact]
    public void Order_whose_fee_would_not_fit_a_report_is_rejected()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 90, 5).Nothing();
        List<OrderReport> reports = VenueRun.Of(tape, 2, engine =>
        {
            engine.Submit(Side.Buy, 9_000_000_000, 9_000_000_000);
            engine.Submit(Side.Sell, 1_000_000_000, 300_000);      // 0.35 bps of 3e14
            engine.Submit(Side.Sell, 1_000_000_000, 200_000);
        });

        Assert.Equal([ReasonCode.NumericRange, ReasonCode.NumericRange, ReasonCode.None], reports.Select(report => report.Reason));
    }

    [Fact]
    public void Fills_never_exceed_the_order_nor_the_quantity_that_traded_or_arrived()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            Tape tape = RandomTape.Create(random, events: 100, instruments: 1, isHostile: true);
            RandomOrders orders = new(seed, isHostile: false);
            ScriptedEngine engine = new(LatencyModel.Zero) { OnInput = orders.OnInput };
            engine.Run(tape);

            foreach (IGrouping<ClientOrderId, OrderReport> order in engine.Reports.Where(report => report.VenueOrderId != 0).GroupBy(report => report.ClientOrderId))
            {
                long filled = 0, asked = engine.Commands.Where(command => command.Command.ClientOrderId == order.Key && !command.Command.Quantity.IsNone)
                    .Max(command => command.Command.Quantity.Nanos);
                foreach (OrderReport report in order)
                {
                    filled += report.LastQuantity.Nanos;
                    Assert.True(report.Cumulative.Nanos == filled && report.Leaves.Nanos >= 0 && filled + report.Leaves.Nanos <= asked, $"seed {seed}");
                }
                Assert.True(order.Count(report => report.Kind == ReportKind.Canceled || (report.Kind == ReportKind.Filled && report.Leaves.IsZero)) <= 1, $"seed {seed}");
            }
            long flow = tape.Messages.Where(message => Messages.Header(message).Type == MessageType.MarketByOrder)
                .Select(message => Messages.As<MarketByOrder>(message))
                .Where(record => record.Action is BookAction.Trade or BookAction.Fill or BookAction.Add or BookAction.Modify)
                .Sum(record => record.Quantity.Nanos);
            Assert.True(engine.Reports.Sum(report => report.LastQuantity.Nanos) <= flow, $"seed {seed}");
        }
    }

    [Fact]
    public void Reused_approval_stops_the_venue()
    {
        SimulatedVenue venue = new(LatencyModel.Zero, FeeSchedule.None);
        venue.Send(new OrderCommand { Approval = 1 });

        Assert.Throws<InvariantException>(() => venue.Send(new OrderCommand { Approval = 1 }));
    }
}
