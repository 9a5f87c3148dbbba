using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>Writes the venue's reports and answers and numbers the reports; they wait here until they reach the engine.</summary>
/// <param name="response">How long a message travels.</param>
/// <param name="executions">Remembers the fills that are reported.</param>
/// <param name="bytesMax">Of all messages on their way; a power of two.</param>
internal sealed class ReportWriter(ushort source, Duration response, ExecutionLog executions, int bytesMax = ReportWriter.BytesMax)
{
    private const int BytesMax = 1 << 27;      // a million reports

    private readonly MessageRing _queue = new(bytesMax);
    private long _sequence;
    private ulong _executionSequence;

    /// <summary>Messages on their way, oldest first.</summary>
    public MessageRing Queue => _queue;

    /// <summary>The order stands as it is: accepted, triggered or replaced.</summary>
    /// <param name="reason">Why it was changed, unless somebody asked for it.</param>
    public void Standing(ReportKind kind, ReasonCode reason, VenueInstrument instrument, OwnOrder order, Timestamp now)
    {
        OrderReport report = About(kind, instrument, order, now);
        report.Cumulative = order.Cumulative;
        report.Leaves = order.Total;
        report.Reason = reason;
        order.Whole = report.Cumulative + report.Leaves;
        Publish(ref report);
    }

    /// <param name="change">Says what the order had after it.</param>
    public void Changed(VenueInstrument instrument, in OwnChange change, long feeNanos, Timestamp now)
    {
        OrderReport report = About(change.Kind, instrument, change.Order, now);
        bool isFill = change.Kind == ReportKind.Filled;
        if (isFill || change.Kind == ReportKind.Replaced) change.Order.Whole = change.Cumulative + change.Leaves;
        if (isFill) report.ExecutionId = NewExecution();
        report.LastPrice = change.Price;
        report.LastQuantity = change.Quantity;
        report.Cumulative = change.Cumulative;
        report.Leaves = change.Leaves;
        report.Liquidity = change.Liquidity;
        report.FeeNanos = feeNanos;
        report.Reason = change.Reason;
        Publish(ref report);
        if (isFill) executions.Add(in report);
    }

    /// <summary>The command changes nothing.</summary>
    public void Refused(in OrderCommand command, ReportKind kind, ReasonCode reason, Timestamp now)
    {
        OrderReport report = New(kind, command.Header.Instrument, command.ClientOrderId, command.Side, now);
        report.VenueOrderId = command.VenueOrderId;
        report.Reason = reason;
        report.QueueAhead = Quantity.None;
        Publish(ref report);
    }

    /// <summary>An execution is taken back or corrected.</summary>
    /// <param name="change">Says of which instrument it is, what was and what is; gets its id, its number and its times.</param>
    public void Changed(ref ExecutionChanged change, Timestamp now)
    {
        change.Header = Header<ExecutionChanged>(MessageType.ExecutionChanged, change.Header.Instrument, now);
        change.ExecutionId = NewExecution();
        change.Sequence = ++_sequence;
        _queue.Enqueue(in change);
    }

    // ---- answers

    /// <summary>Messages of so many bytes in all can be on their way in addition.</summary>
    public bool HasRoomFor(long bytes) => _queue.HasRoomFor(bytes);

    /// <summary>The execution as it was reported, for those who ask.</summary>
    public void Repeat(in OrderReport fill, Timestamp now)
    {
        OrderReport again = fill;
        again.Header.ReceiveTime = now + response;
        _queue.Enqueue(in again);
    }

    /// <summary>The change of an execution as it was reported.</summary>
    public void Repeat(in ExecutionChanged change, Timestamp now)
    {
        ExecutionChanged again = change;
        again.Header.ReceiveTime = now + response;
        _queue.Enqueue(in again);
    }

    /// <param name="order">Says of which instrument it is.</param>
    /// <param name="request">The approval number of the question.</param>
    public void Answer(VenueOrder order, long request, Timestamp now)
    {
        order.Header = Header<VenueOrder>(MessageType.VenueOrder, order.Header.Instrument, now);
        (order.Sequence, order.Request) = (_sequence, request);
        _queue.Enqueue(in order);
    }

    /// <inheritdoc cref="Answer(VenueOrder, long, Timestamp)"/>
    public void Answer(VenuePosition position, long request, Timestamp now)
    {
        position.Header = Header<VenuePosition>(MessageType.VenuePosition, position.Header.Instrument, now);
        position.Request = request;
        _queue.Enqueue(in position);
    }

    /// <param name="answer">Its instrument is the question's; None of a snapshot.</param>
    /// <param name="request">The approval number of the question.</param>
    public void Answer(VenueAnswer answer, long request, Timestamp now)
    {
        answer.Header = Header<VenueAnswer>(MessageType.VenueAnswer, answer.Header.Instrument, now);
        (answer.Sequence, answer.Request) = (_sequence, request);
        _queue.Enqueue(in answer);
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
        Header = Header<OrderReport>(MessageType.OrderReport, instrument, now),
        ClientOrderId = id,
        LastPrice = Price.None,
        Kind = kind,
        Side = side,
        PositionSide = PositionSide.Net,
    };

    private MessageHeader Header<T>(MessageType type, InstrumentId instrument, Timestamp now) where T : unmanaged =>
        MessageHeader.Create<T>(type, source, instrument, now, now + response);

    private ExecutionId NewExecution() => new(0, ++_executionSequence);

    private void Publish(ref OrderReport report)
    {
        report.Sequence = ++_sequence;
        _queue.Enqueue(in report);
    }
}
