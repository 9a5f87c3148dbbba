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

    /// <summary>The order stands as it is: accepted or replaced.</summary>
    public void Standing(ReportKind kind, VenueInstrument instrument, OwnOrder order, Timestamp now)
    {
        OrderReport report = About(kind, instrument, order, now);
        report.Cumulative = order.Cumulative;
        report.Leaves = order.Leaves;
        Publish(ref report);
    }

    public void Canceled(VenueInstrument instrument, OwnOrder order, ReasonCode reason, Timestamp now)
    {
        OrderReport report = About(ReportKind.Canceled, instrument, order, now);
        report.Cumulative = order.Cumulative;
        report.Reason = reason;
        Publish(ref report);
    }

    /// <param name="fill">Says what the order had after it.</param>
    public void Filled(VenueInstrument instrument, in OwnFill fill, Price price, Liquidity liquidity, long feeNanos, Timestamp now)
    {
        OrderReport report = About(ReportKind.Filled, instrument, fill.Order, now);
        report.ExecutionId = new ExecutionId(0, ++_executionSequence);
        report.LastPrice = price;
        report.LastQuantity = fill.Quantity;
        report.Cumulative = fill.Cumulative;
        report.Leaves = fill.Leaves;
        report.Liquidity = liquidity;
        report.FeeNanos = feeNanos;
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
        report.QueueAhead = order.IsImmediate ? Quantity.None : QueueMatcher.QueueAhead(instrument.Book, order);
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
