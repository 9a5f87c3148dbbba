using System.Globalization;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Simulation.Faults;

namespace Fathom.Host.Torture;

/// <summary>Listens to one run: to the messages between engine and venue, and to what the engine publishes. From it come a diagram and a table.</summary>
public sealed class TraceRecorder : ITortureTrace, IRunObserver
{
    private const int FlightsShownMax = 60, LatestShown = 6;

    private readonly MessageWords _words = new();
    private readonly Dictionary<long, Flight> _open = [];
    private readonly List<Flight> _flights = [];
    private readonly List<KeptNote> _notes = [];
    private readonly List<HistoryLine> _history = [];
    private readonly List<(long Step, Timestamp Time, Fault Fault)> _struck = [];
    private Timestamp _now;
    private long _told;

    /// <summary>Everything that the engine published about orders, fills, doubts and reconciliations.</summary>
    public IReadOnlyList<HistoryLine> History => _history;

    /// <summary>Faults that struck, with the step and the true time.</summary>
    public IReadOnlyList<(long Step, Timestamp Time, Fault Fault)> Struck => _struck;

    public IRunObserver Observer => this;

    // ---- what is told

    public void OnMessage(in TraceEntry entry, ReadOnlySpan<byte> message)
    {
        _now = entry.Time;
        _told++;
        if (!IsBetween(entry.From, entry.To)) return;
        if (entry.Flight == 0 || !_open.TryGetValue(entry.Flight, out Flight? flight)) Leave(entry, message);
        else Follow(flight, entry, message);
    }

    public void OnFault(long step, Timestamp time, in Fault fault)
    {
        _now = time;
        _struck.Add((step, time, fault));
        if (!IsOfAMessage(fault.Kind)) Note(time, ClientOrderId.None, atVenue: IsAtVenue(fault.Kind), WordsOf(fault), DiagramTone.Bad, isPinned: true);
    }

    public void OnBroken(long step, Timestamp time, string law, string detail) => Note(time, ClientOrderId.None, atVenue: false, $"broken: {law}", DiagramTone.Bad, isPinned: true);

    public void OnOrder(in OrderEvent change)
    {
        string name = _words.NameOf(change.ClientOrderId), reason = change.Reason == ReasonCode.None ? "" : $" ({MessageWords.Spoken(change.Reason)})";
        Say(change.Header.ReceiveTime, $"{name} {Words.Of(change.Side)} {change.Quantity}{(change.Price.IsNone ? "" : $" @ {change.Price}")}", change.From, change.To, change.Reason);
        DiagramTone tone = change.To switch
        {
            OrderStatus.Unknown => DiagramTone.Doubt,
            OrderStatus.Failed or OrderStatus.Rejected or OrderStatus.Refused => DiagramTone.Bad,
            OrderStatus.Filled => DiagramTone.Good,
            _ => DiagramTone.Plain,
        };
        Note(_now, change.ClientOrderId, atVenue: false, $"{name} is {MessageWords.Spoken(change.To)}{reason}", tone);
    }

    public void OnFill(in FillEvent fill)
    {
        string name = fill.ClientOrderId.IsNone ? "by other means," : _words.NameOf(fill.ClientOrderId), text = $"{name} booked: {Words.Of(fill.Side)} {fill.Quantity} @ {fill.Price}, position {fill.Position}";
        Say(fill.Header.ReceiveTime, text, OrderStatus.None, OrderStatus.None, ReasonCode.None);
        Note(_now, fill.ClientOrderId, atVenue: false, $"position {fill.Position}", DiagramTone.Good);
    }

    public void OnAnomaly(in AnomalyEvent anomaly)
    {
        string text = $"anomaly: {MessageWords.Spoken(anomaly.Kind)}";
        Say(anomaly.Header.ReceiveTime, anomaly.ClientOrderId.IsNone ? text : $"{_words.NameOf(anomaly.ClientOrderId)} {text}", OrderStatus.None, OrderStatus.None, anomaly.Reason);
        Note(_now, anomaly.ClientOrderId, atVenue: false, text, DiagramTone.Doubt);
    }

    public void OnReconciliation(in ReconciliationEvent reconciliation)
    {
        string text = reconciliation.Stage == ReconciliationStage.Done
            ? string.Create(CultureInfo.InvariantCulture, $"reconciled: {reconciliation.Differences} difference{(reconciliation.Differences == 1 ? "" : "s")}")
            : $"reconciliation {MessageWords.Spoken(reconciliation.Stage)} ({MessageWords.Spoken(reconciliation.Trigger)})";
        Say(reconciliation.Header.ReceiveTime, text, OrderStatus.None, OrderStatus.None, reconciliation.Reason);
        Note(_now, ClientOrderId.None, atVenue: false, text, reconciliation.Stage == ReconciliationStage.Done ? DiagramTone.Good : DiagramTone.Plain);
    }

    public void OnDifference(in DifferenceEvent difference)
    {
        string text = $"difference: {MessageWords.Spoken(difference.Kind)}";
        Say(difference.Header.ReceiveTime, text, difference.OurStatus, difference.TheirStatus, ReasonCode.None);
        Note(_now, difference.ClientOrderId, atVenue: false, text, DiagramTone.Doubt);
    }

    public void OnMode(in ModeEvent mode)
    {
        string text = mode.To == TradingMode.ReduceOnly ? "only reducing from here on" : "trading again";
        Say(mode.Header.ReceiveTime, text, OrderStatus.None, OrderStatus.None, mode.Reason);
        Note(_now, ClientOrderId.None, atVenue: false, text, mode.To == TradingMode.Normal ? DiagramTone.Good : DiagramTone.Doubt);
    }

    // ---- what is drawn

    /// <summary>The whole run where it is short, else what became of the orders that a fault struck, and of those that were spoken of last.</summary>
    /// <param name="until">What comes later is not drawn; null: all is.</param>
    public string Draw(string title, Timestamp? until = null)
    {
        Timestamp end = until ?? Timestamp.None;
        HashSet<ClientOrderId> concerned = [.. _flights.Where(flight => flight.Fault != FaultKind.None).SelectMany(flight => flight.Orders)];
        HashSet<Flight> latest = [.. _flights.TakeLast(LatestShown)];
        concerned.UnionWith(latest.SelectMany(flight => flight.Orders));
        bool isLong = _flights.Count > FlightsShownMax;
        List<Flight> flights = isLong ? [.. _flights.Where(flight => flight.Fault != FaultKind.None || flight.Orders.Count == 0 || flight.Orders.Overlaps(concerned) || latest.Contains(flight)).TakeLast(FlightsShownMax)] : [.. _flights];
        flights.RemoveAll(flight => flight.Sent > end);
        Timestamp from = isLong && flights.Count > 0 ? flights.Min(flight => flight.Sent) : Timestamp.Earliest;
        IEnumerable<KeptNote> notes = _notes.Where(note => note.Time >= from && note.Time <= end && (!isLong || note.IsPinned || note.Order.IsNone || concerned.Contains(note.Order)));
        return SequenceDiagram.Draw(title, [.. flights.Select(flight => flight.ToMessage())], [.. notes.Select(note => note.Drawn)]);
    }

    // ---- machinery

    private void Leave(in TraceEntry entry, ReadOnlySpan<byte> message)
    {
        if (Messages.Header(message).Type == MessageType.VenueConnection)
        {
            if (entry.Fate == TraceFate.Arrived) Note(entry.Time, ClientOrderId.None, atVenue: false, _words.Of(message), DiagramTone.Doubt, isPinned: true);
            return;
        }
        Flight flight = new(entry.From, entry.Time, _told, entry.Fate);
        flight.Say(_words.Of(message), OrderOf(message));
        Judge(flight, entry);
        _flights.Add(flight);
        if (entry.Flight != 0) _open.Add(entry.Flight, flight);
    }

    /// <summary>An answer of several messages travels as one, and is told message by message; what is told later is what became of it.</summary>
    private void Follow(Flight flight, in TraceEntry entry, ReadOnlySpan<byte> message)
    {
        bool isPart = entry.Time == flight.Sent && entry.Fate == flight.First && entry.Fate != TraceFate.Arrived;
        if (isPart) flight.Say(_words.Of(message), OrderOf(message));
        Judge(flight, entry);
    }

    private void Judge(Flight flight, in TraceEntry entry)
    {
        if (entry.Fault != FaultKind.None) flight.Fault = entry.Fault;
        switch (entry.Fate)
        {
            case TraceFate.Arrived: (flight.Arrived, flight.ArrivedOrder) = (entry.Time, _told); break;
            case TraceFate.Delayed or TraceFate.Held when flight.Fate == DiagramFate.Arrives: flight.Fate = DiagramFate.Delayed; break;
            case TraceFate.Duplicated: flight.Fate = DiagramFate.Duplicate; break;
            case TraceFate.Forged: flight.Fate = DiagramFate.Forged; break;
        }
    }

    private void Say(Timestamp time, string text, OrderStatus from, OrderStatus to, ReasonCode reason) => _history.Add(new HistoryLine(time, text, from, to, reason));

    private void Note(Timestamp time, ClientOrderId order, bool atVenue, string text, DiagramTone tone, bool isPinned = false) =>
        _notes.Add(new KeptNote(time, order, isPinned, new DiagramNote(time, atVenue, text, tone) { Order = _told }));

    private static bool IsBetween(TracePlace from, TracePlace to) => IsSide(from) && IsSide(to);

    private static bool IsSide(TracePlace place) => place is TracePlace.Engine or TracePlace.Gateway or TracePlace.Venue;

    private static ClientOrderId OrderOf(ReadOnlySpan<byte> message) => Messages.Header(message).Type switch
    {
        MessageType.OrderCommand => Messages.As<OrderCommand>(message).ClientOrderId,
        MessageType.OrderReport => Messages.As<OrderReport>(message).ClientOrderId,
        MessageType.VenueOrder => Messages.As<VenueOrder>(message).ClientOrderId,
        MessageType.ExecutionChanged => Messages.As<ExecutionChanged>(message).ClientOrderId,
        _ => ClientOrderId.None,
    };

    /// <summary>These are seen at the arrow that they strike.</summary>
    private static bool IsOfAMessage(FaultKind kind) => kind is > FaultKind.None and < FaultKind.Disconnect;

    private static bool IsAtVenue(FaultKind kind) => kind is FaultKind.VenueCancel or FaultKind.ExternalOrder or FaultKind.ExternalCancel or FaultKind.Bust or FaultKind.Correction or FaultKind.Halt;

    internal static string WordsOf(in Fault fault) => FaultNames.Of(fault.Kind).Replace('_', ' ');

    private sealed class Flight(TracePlace from, Timestamp sent, long sentOrder, TraceFate first)
    {
        private readonly List<string> _labels = [];

        public Timestamp Sent { get; } = sent;
        public TraceFate First { get; } = first;
        public Timestamp Arrived { get; set; } = Timestamp.None;
        public long ArrivedOrder { get; set; }
        public DiagramFate Fate { get; set; }
        public FaultKind Fault { get; set; }
        public HashSet<ClientOrderId> Orders { get; } = [];

        public void Say(string label, ClientOrderId order)
        {
            if (label.Length > 0) _labels.Add(label);
            if (!order.IsNone) Orders.Add(order);
        }

        public DiagramMessage ToMessage()
        {
            // Still under way when the run ended, or lost without a word: it never came.
            DiagramFate fate = Arrived.IsNone ? DiagramFate.Lost : Fate;
            string struck = Fault == FaultKind.None ? (fate == DiagramFate.Lost ? "never arrived" : "") : FaultNames.Of(Fault).Replace('_', ' ');
            string remark = fate == DiagramFate.Delayed ? $"{struck}: {SequenceDiagram.Span(Arrived.Nanos - Sent.Nanos)}" : struck;
            bool isSnapshot = _labels.Count > 0 && _labels[^1].StartsWith(MessageWords.Whole, StringComparison.Ordinal);
            string label = isSnapshot ? _labels[^1] : string.Join("; ", _labels);
            return new DiagramMessage(from == TracePlace.Engine, Sent, Arrived, label, fate, remark) { SentOrder = sentOrder, ArrivedOrder = ArrivedOrder };
        }
    }

    private sealed record KeptNote(Timestamp Time, ClientOrderId Order, bool IsPinned, DiagramNote Drawn);
}
