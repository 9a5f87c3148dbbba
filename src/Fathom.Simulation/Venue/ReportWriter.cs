using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>Writes and numbers the venue's reports; they wait here until they reach the engine.</summary>
/// <param name="response">How long a report travels.</param>
internal sealed class ReportWriter(ushort source, Duration response)
{
    private const int ReportsMax = 1 << 20;

    private readonly Ring<OrderReport> _queue = new(ReportsMax);
    private long _sequence;
    private ulong _executionSequence;

    /// <summary>Reports on their way, oldest first.</summary>
    public Ring<OrderReport> Queue => _queue;

    /// <summary>The order stands as it is: accepted, triggered or replaced.</summary>
    /// <param name="reason">Why it was changed, unless somebody asked for it.</param>
    public void Standing(ReportKind kind, ReasonCode reason, VenueInstrument instrument, OwnOrder order, Timestamp now)
    {
        OrderReport report = About(kind, instrument, order, now);
        report.Cumulative = order.Cumulative;
        report.Leaves = order.Total;
        report.Reason = reason;
        Publish(ref report);
    }

    /// <param name="change">Says what the order had after it.</param>
    public void Changed(VenueInstrument instrument, in OwnChange change, long feeNanos, Timestamp now)
    {
        OrderReport report = About(change.Kind, instrument, change.Order, now);
        if (change.Kind == ReportKind.Filled) report.ExecutionId = new ExecutionId(0, ++_executionSequence);
        report.LastPrice = change.Price;
        report.LastQuantity = change.Quantity;
        report.Cumulative = change.Cumulative;
        report.Leaves = change.Leaves;
        report.Liquidity = change.Liquidity;
        report.FeeNanos = feeNanos;
        report.Reason = change.Reason;
        Publish(ref report);
    }

    /// <summary>The command changes nothing.</summary>
    public void Refused(in OrderCommand command, ReportKind kind, ReasonCode reason, Timestamp now)
    {
        OrderReport report = New(kind, command.Header.Instrument, command.ClientOrderId, command.Side, now);
        report.Reason = reason;
        report.QueueAhead = Quantity.None;
        Publish(ref report);
    }

    private OrderReport About(ReportKind kind, VenueInstrument instrument, OwnOrder order, Timestamp now)
    {
        OrderReport report = New(kind, order.Instrument, order.ClientOrderId, order.Side, now);
        report.VenueOrderId = order.VenueOrderId;
        report.QueueAhead = order.IsImmediate || order.State != OwnOrderState.Entered ? Quantity.None : QueueMatcher.QueueAhead(instrument.Book, order);
        return report;
    }

    private OrderReport New(ReportKind kind, InstrumentId instrument, ClientOrderId id, Side side, Timestamp now) => new()
    {
        Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, source, instrument, now, now + response),
        ClientOrderId = id,
        LastPrice = Price.None,
        Kind = kind,
        Side = side,
        PositionSide = PositionSide.Net,
    };

    private void Publish(ref OrderReport report)
    {
        report.Sequence = ++_sequence;
        _queue.Enqueue(in report);
    }
}
