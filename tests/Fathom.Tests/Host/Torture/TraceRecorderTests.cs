using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Torture;
using Fathom.Simulation.Faults;

namespace Fathom.Tests.Host.Torture;

public class TraceRecorderTests
{
    private static readonly ClientOrderId Order = ClientOrderId.Create(1, 0, 1), Other = ClientOrderId.Create(1, 0, 2);

    private readonly TraceRecorder _recorder = new();

    [Fact]
    public void A_command_that_arrives_and_an_answer_that_is_lost_are_two_arrows()
    {
        Tell(1, 0, TraceFate.Left, TracePlace.Engine, TracePlace.Venue, Submit(Order));
        Tell(1, 5, TraceFate.Arrived, TracePlace.Engine, TracePlace.Venue, Submit(Order));
        Tell(2, 5, TraceFate.Lost, TracePlace.Venue, TracePlace.Engine, Accepted(Order), FaultKind.AcceptanceLost);
        string svg = _recorder.Draw("t");
        Assert.Contains("#1 buy 2 @ 99.5", svg, StringComparison.Ordinal);
        Assert.Contains("#1 accepted", svg, StringComparison.Ordinal);
        Assert.Contains("acceptance lost", svg, StringComparison.Ordinal);
        Assert.Equal((1, 1), (Count(svg, "class=\"head\""), Count(svg, "class=\"x\"")));
    }

    [Fact]
    public void What_is_lost_on_its_way_and_what_never_came_is_lost()
    {
        Tell(1, 0, TraceFate.Left, TracePlace.Engine, TracePlace.Venue, Submit(Order));
        Tell(1, 3, TraceFate.Lost, TracePlace.Engine, TracePlace.Venue, Submit(Order), FaultKind.Disconnect);
        Tell(2, 4, TraceFate.Left, TracePlace.Engine, TracePlace.Venue, Submit(Other));
        string svg = _recorder.Draw("t");
        Assert.Equal(2, Count(svg, "class=\"x\""));
        Assert.Contains("disconnect", svg, StringComparison.Ordinal);
        Assert.Contains("never arrived", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delay_says_how_long_it_took_and_a_duplicate_is_dashed()
    {
        Tell(1, 0, TraceFate.Delayed, TracePlace.Venue, TracePlace.Engine, Accepted(Order), FaultKind.ReportLate);
        Tell(1, 750, TraceFate.Arrived, TracePlace.Venue, TracePlace.Engine, Accepted(Order), FaultKind.ReportLate);
        Tell(2, 0, TraceFate.Duplicated, TracePlace.Venue, TracePlace.Engine, Accepted(Order), FaultKind.ReportDuplicated);
        Tell(2, 9, TraceFate.Arrived, TracePlace.Venue, TracePlace.Engine, Accepted(Order), FaultKind.ReportDuplicated);
        string svg = _recorder.Draw("t");
        Assert.Contains("report late: 750 ms", svg, StringComparison.Ordinal);
        Assert.Equal((1, 1), (Count(svg, "class=\"m late\""), Count(svg, "class=\"m dup\"")));
    }

    [Fact]
    public void The_market_and_the_clock_are_not_drawn()
    {
        Tell(0, 0, TraceFate.Arrived, TracePlace.Market, TracePlace.Venue, Submit(Order));
        Tell(1, 0, TraceFate.Arrived, TracePlace.Clock, TracePlace.Engine, Submit(Order));
        Assert.DoesNotContain("#1 buy", _recorder.Draw("t"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_status_is_a_note_and_a_line_of_the_history()
    {
        OrderEvent change = new() { ClientOrderId = Order, Side = Side.Buy, Price = Price.From(99.5m), Quantity = Quantity.Units(2), From = OrderStatus.PendingNew, To = OrderStatus.Unknown, Reason = ReasonCode.Unanswered };
        _recorder.OnOrder(in change);
        HistoryLine line = Assert.Single(_recorder.History);
        Assert.Equal(("#1 buy 2 @ 99.50", "pending new → unknown", ReasonCode.Unanswered), (line.Event, line.Change, line.Reason));
        Assert.Contains("#1 is unknown (unanswered)", _recorder.Draw("t"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_run_only_what_a_fault_struck_and_what_came_last_is_drawn()
    {
        for (ulong i = 1; i <= 100; i++) Tell((long)i, (long)i, TraceFate.Left, TracePlace.Engine, TracePlace.Venue, Submit(ClientOrderId.Create(1, 0, i)), i == 50 ? FaultKind.CommandLost : FaultKind.None);
        Tell(101, 101, TraceFate.Left, TracePlace.Venue, TracePlace.Engine, Accepted(ClientOrderId.Create(1, 0, 50)));
        string svg = _recorder.Draw("t");
        Assert.Equal(7, Count(svg, "class=\"l\""));
        Assert.Equal((2, 1, 0), (Count(svg, "#50 "), Count(svg, "#100 "), Count(svg, "#49 ")));
    }

    private void Tell(long flight, long milliseconds, TraceFate fate, TracePlace from, TracePlace to, byte[] message, FaultKind fault = FaultKind.None) =>
        _recorder.OnMessage(new TraceEntry(1, new Timestamp(1_000_000_000 + milliseconds * 1_000_000), flight, fate, from, to, Timestamp.None, fault), message);

    private static byte[] Submit(ClientOrderId order)
    {
        OrderCommand command = new()
        {
            Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, new InstrumentId(0), default, default),
            ClientOrderId = order,
            Kind = CommandKind.Submit,
            Side = Side.Buy,
            Type = OrderType.Limit,
            Price = Price.From(99.5m),
            TriggerPrice = Price.None,
            Quantity = Quantity.Units(2),
        };
        return Messages.AsBytes(in command).ToArray();
    }

    private static byte[] Accepted(ClientOrderId order)
    {
        OrderReport report = new() { Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 0, new InstrumentId(0), default, default), ClientOrderId = order, Kind = ReportKind.Accepted };
        return Messages.AsBytes(in report).ToArray();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
