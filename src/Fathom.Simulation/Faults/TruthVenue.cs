using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Venue;

namespace Fathom.Simulation.Faults;

/// <summary>The venue itself, without any way to it: what it does and says at once. It is the truth that a run is judged by.</summary>
internal sealed class TruthVenue(TortureSetup setup) : IDisposable
{
    private readonly SimulatedVenue _venue = new(LatencyModel.Zero, setup.Fees, source: 0, setup.Features, setup.Hours) { MayReorder = true };
    private byte[] _said = new byte[1 << 12];
    private int _length;
    private long _sequence;
    private long _ownQuestions;

    public VenueMirror Mirror { get; } = new();

    /// <summary>When something happens here by itself; None when nothing does.</summary>
    public Timestamp NextDue => _venue.NextDue;

    /// <summary>Commands that have arrived and wait for the end of an event.</summary>
    public int WaitingCommands => _venue.PendingCommands;

    public Timestamp TimeOf(in MessageHeader next) => _venue.TimeOf(in next);

    public void Take(ReadOnlySpan<byte> message) => _venue.Take(message);

    public void ApplyNext() => _venue.ApplyNext();

    /// <summary>A command has arrived.</summary>
    public void Execute(OrderCommand command, Timestamp now)
    {
        command.Header.EventTime = command.Header.ReceiveTime = now;      // how long it was on its way is not the venue's business
        _venue.Send(in command);
        _venue.ApplyCommand();
    }

    // ---- behind our back

    public bool Cancel(in VenueMirror.LiveOrder order) => order.ClientOrderId.IsNone ? _venue.CancelExternal(order.VenueOrderId) : _venue.CancelByVenue(order.ClientOrderId);

    public void PlaceExternal(InstrumentId instrument, Side side, Price price, Quantity quantity) => _venue.PlaceExternal(instrument, side, price, quantity);

    public bool Bust(ExecutionId execution) => _venue.Bust(execution);

    public bool Correct(ExecutionId execution, Price price, Quantity quantity) => _venue.Correct(execution, price, quantity);

    // ---- what it says

    /// <summary>The oldest thing that it said and that was not taken yet: a report, or a whole answer. Empty when there is none. Valid until the next call.</summary>
    public ReadOnlySpan<byte> TakeSaid()
    {
        _length = 0;
        if (_venue.PendingReports == 0) return default;
        if (!BeginsAnswer(_venue.FirstReport)) TakeMessage();
        else while (!TakeMessage()) { }
        return _said.AsSpan(0, _length);
    }

    /// <summary>How it has everything now. Nothing else was said and not taken.</summary>
    public void Describe(List<VenueOrder> orders, List<VenuePosition> positions, Timestamp now)
    {
        OrderCommand question = new()
        {
            Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, InstrumentId.None, now, now),
            Kind = CommandKind.Snapshot,
            Approval = long.MaxValue - ++_ownQuestions,
            Since = Timestamp.None,
        };
        Execute(question, now);
        while (_venue.PendingReports > 0)
        {
            MessageType type = Messages.Header(_venue.FirstReport).Type;
            if (type == MessageType.VenueOrder) orders.Add(Messages.As<VenueOrder>(_venue.FirstReport));
            else if (type == MessageType.VenuePosition) positions.Add(Messages.As<VenuePosition>(_venue.FirstReport));
            _venue.DropReport();
        }
    }

    public void Dispose() => _venue.Dispose();

    /// <summary>A snapshot begins, or an execution is repeated, which only happens in an answer: its number was used before.</summary>
    private bool BeginsAnswer(ReadOnlySpan<byte> message) => Messages.Header(message).Type switch
    {
        MessageType.VenueAnswer => Messages.As<VenueAnswer>(message).Kind == VenueAnswerKind.SnapshotBegins,
        MessageType.OrderReport => Messages.As<OrderReport>(message).Sequence <= _sequence,
        MessageType.ExecutionChanged => Messages.As<ExecutionChanged>(message).Sequence <= _sequence,
        _ => false,
    };

    /// <returns>True when it can be the end of an answer.</returns>
    private bool TakeMessage()
    {
        ReadOnlySpan<byte> message = _venue.FirstReport;
        bool isEnd = false, isSnapshot = _length > 0 && Messages.Header(_said).Type == MessageType.VenueAnswer;
        switch (Messages.Header(message).Type)
        {
            case MessageType.OrderReport: Note(in Messages.As<OrderReport>(message)); break;
            case MessageType.ExecutionChanged: Note(in Messages.As<ExecutionChanged>(message)); break;
            case MessageType.VenueOrder: isEnd = !isSnapshot; break;
            case MessageType.VenueAnswer: isEnd = Messages.As<VenueAnswer>(message).Kind != VenueAnswerKind.SnapshotBegins; break;
        }
        if (_length + message.Length > _said.Length) Array.Resize(ref _said, _said.Length * 2);
        message.CopyTo(_said.AsSpan(_length));
        _length += message.Length;
        _venue.DropReport();
        return isEnd;
    }

    private void Note(in OrderReport report)
    {
        _sequence = Math.Max(_sequence, report.Sequence);
        Mirror.Note(in report);
    }

    private void Note(in ExecutionChanged change)
    {
        _sequence = Math.Max(_sequence, change.Sequence);
        Mirror.Note(in change);
    }
}
