using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>
/// What is done about a venue that does not answer, contradicts itself or disagrees: requests that are due are noted as unknown, the venue is asked how it has the order, and its word is applied. Nothing is
/// ever assumed.
/// </summary>
/// <remarks>
/// <code>
///   sent ──timeout──▶ unknown ──question──▶ answer: it lives, or how it ended ──▶ known again
///                        ▲                     │ not yet conclusive, stale, failed, none
///                        └──── back-off ◀──────┘   (after the last attempt: at the longest wait, and by the next reconciliation)
/// </code>
/// An answer is conclusive about a request that was lost only when it was given after the time until which the venue may act on the request: before, the request may still arrive.
/// </remarks>
internal sealed partial class OrderRecovery
{
    /// <summary>Names that are asked about although we have no such order live. When more come, the next reconciliation finds them.</summary>
    private const int NamesMax = 1_024;

    private readonly SessionServices _services;
    private readonly RecoveryOptions _options;
    private readonly StrategySession[] _sessions;
    private readonly ReportDesk _desk;
    private readonly AnomalyDesk _anomalies;
    private readonly Reconciliation _reconciliation;
    private readonly Dictionary<ushort, ReportNumbers> _numbers = [];
    private readonly List<ClientOrderId> _doubts = [];        // orders that the venue is asked about
    private readonly List<ClientOrderId> _endings = [];       // orders whose cancel is to be sent again
    private readonly List<NamedDoubt> _names = [];            // names of ours that are not live here
    private ReportNumbers? _lastNumbers;
    private ushort _lastSource;
    private Timestamp _gapSince = Timestamp.None;
    private bool _isConnected = true;

    public OrderRecovery(SessionServices services, RecoveryOptions options, StrategySession[] sessions, ReportDesk desk, TradingModes modes, Account account)
    {
        _services = services;
        _options = options;
        _sessions = sessions;
        _desk = desk;
        Externals = new ExternalOrders(services.Blotter.Exposure);
        _anomalies = new AnomalyDesk(services, modes, options.AnomalyReducesOnly);
        _reconciliation = new Reconciliation(services, options, desk, _anomalies, Externals, account);
    }

    /// <summary>Live orders of the account that are not ours.</summary>
    public ExternalOrders Externals { get; }

    /// <summary>When something is to be done; None when nothing is.</summary>
    public Timestamp NextWake
    {
        get
        {
            Timestamp next = _services.Requests.Next;
            if (_isConnected) next = Timestamp.Min(next, _reconciliation.NextWake);
            return IsQuiet ? next : Timestamp.Min(next, NextOfDoubts());
        }
    }

    private bool IsQuiet => _doubts.Count + _endings.Count + _names.Count + Externals.Live.Count == 0 && _gapSince.IsNone;

    private Timestamp Clock => _services.Input.Clock;

    /// <summary>The wait after a number of attempts.</summary>
    public static Duration Backoff(RecoveryOptions options, int attempts)
    {
        long nanos = options.QueryBackoff.Nanos;
        for (int i = 1; i < attempts && nanos < options.QueryBackoffMax.Nanos; i++) nanos *= 2;
        return new Duration(Math.Min(nanos, options.QueryBackoffMax.Nanos));
    }

    /// <summary>The run begins.</summary>
    public void Start()
    {
        _reconciliation.Begin(Clock);
        if (_options.ReconcileAtStart || _hasToAsk) _reconciliation.Ask(ReconciliationTrigger.Start);
    }

    /// <summary>An operator asks for a reconciliation.</summary>
    public void Reconcile() => Reconcile(ReconciliationTrigger.Operator);

    /// <summary>Lets strategies that an anomaly put into reduce-only trade again.</summary>
    /// <param name="strategy">Its number, or that of all.</param>
    public void Resume(ushort strategy)
    {
        for (int i = 0; i < _sessions.Length; i++)
            if (strategy == i || strategy == OperatorCommand.AllStrategies) _anomalies.Resume(i);
    }

    /// <summary>Orders that are not ours end too where a kill switch concerns them.</summary>
    public void EndExternals()
    {
        NoteRearmed();
        CancelExternals(Clock, isFirst: true);
    }

    /// <summary>A kill switch was turned off: orders that are not ours stay where none concerns them any more.</summary>
    public void NoteRearmed()
    {
        foreach (ExternalOrder order in Externals.Live) order.IsEndWanted = _services.KillSwitch.IsOnFor(-1, order.Instrument);
    }

    public void OnTime(Timestamp now)
    {
        while (_services.Requests.TryTake(now, out Order order)) NoteStuck(order);
        if (_gapSince + _options.GapPatience <= now && !_gapSince.IsNone) NoteGap();
        AskDue(now);
        CancelDue(now);
        CancelExternals(now, isFirst: false);
        if (_isConnected) _reconciliation.OnTime(now);
        FollowSnapshot();
    }

    // ---- what comes in

    /// <summary>Takes a venue's report.</summary>
    public void Take(in OrderReport report)
    {
        if (report.Sequence != 0) NoteNumber(report.Header.Source, report.Sequence);
        ReportEffect effect = _services.Blotter.Apply(report);
        if (report.Kind == ReportKind.Filled && effect.Anomaly != AnomalyKind.Malformed) _reconciliation.NoteExecution(in report, effect.Owner, effect.IsExecution);
        bool isExternal = effect.Anomaly == AnomalyKind.UnknownOrder && Externals.TryApply(in report);
        OrderStatus from = effect.From;
        ClientOrderId? ended = effect.Order is { } order && effect.To.IsTerminal() ? order.Id : null;
        bool isDoubted = effect.Order is { IsInDoubt: true }, isToEnd = effect.Order is { IsEndWanted: true };
        if (ended is { } over) _reconciliation.NoteEnded(over);
        _desk.Take(in report, in effect);
        if (effect.Anomaly != AnomalyKind.None && !isExternal) NoteAnomaly(in report, in effect, from);
        if (isDoubted && from != OrderStatus.Unknown) _doubts.Add(report.ClientOrderId);
        if (report.Kind == ReportKind.CancelRejected && isToEnd && !isDoubted && ended is null) EndLater(report.ClientOrderId);
        // What we have as over, the venue says to live: it is asked.
        bool isAlive = effect.Order is null && effect.Owner >= 0 && report.Kind is ReportKind.Accepted or ReportKind.Replaced or ReportKind.Triggered or ReportKind.Filled;
        if (isAlive && (report.Kind != ReportKind.Filled || effect.IsExecution)) AskByName(in report);
    }

    public void Take(in ExecutionChanged change)
    {
        if (change.Sequence != 0) NoteNumber(change.Header.Source, change.Sequence);
        _reconciliation.CountExecution();
        if (!_services.Blotter.IsUsable(in change)) return;
        int owner = _services.Blotter.IsOurs(change.ClientOrderId) ? change.ClientOrderId.Strategy : -1;
        ExecutionChangeEffect effect = _services.Blotter.Apply(in change);
        long signed = change.Side.Sign() * ((effect.BooksNew ? change.NewQuantity.Nanos : 0) - (effect.UndoesOld ? change.OldQuantity.Nanos : 0));
        _reconciliation.NoteExecution(in change, owner, signed, effect.IsNew);
        if (!effect.IsNew) return;
        bool isBust = change.NewQuantity.IsZero;
        if (isBust) _services.Blotter.BustedCount++;
        else _services.Blotter.CorrectedCount++;
        _anomalies.Note(isBust ? AnomalyKind.Busted : AnomalyKind.Corrected, owner, in change);
        _desk.Take(in change, owner, in effect);
        if (!effect.UndoesOld && change.Sequence != 0) NoteGapState();      // its original is missing
    }

    /// <summary>Takes how the venue has an order.</summary>
    public void Take(in VenueOrder found)
    {
        bool isUsable = _services.Blotter.IsUsable(in found);
        if (_reconciliation.TryCollect(in found, isUsable) || !isUsable || TryTakeNamed(in found)) return;
        if (!_services.Blotter.TryFind(found.ClientOrderId, out Order? order)) return;
        if (!order.IsInDoubt || order.Doubt.Question != found.Request) return;      // an answer that nobody waits for any more
        OrderStatus from = order.Status;
        bool wasReplacing = order.IsReplacementSent, wasCanceling = order.IsCancelSent;
        (Price price, Quantity quantity) = (order.Price, order.Quantity);
        if (_services.Blotter.NoteFound(order, in found) != AnswerEffect.Taken)
        {
            AskLater(order);
            return;
        }
        ReportKind kind = KindOf(order, wasReplacing, wasCanceling, price, quantity);
        if (order.Status.IsTerminal()) _reconciliation.NoteEnded(order.Id);
        else if (order.IsEndWanted) _endings.Add(order.Id);
        _doubts.Remove(found.ClientOrderId);
        bool isForgotten = found.Status == OrderStatus.None && order.Status != OrderStatus.Failed;
        _desk.TakeFound(order, from, kind, in found);
        if (isForgotten) Reconcile(ReconciliationTrigger.Doubt);      // it had the order: executions may be forgotten with it
    }

    /// <summary>The report that would say what was found.</summary>
    /// <param name="price">Before, like the quantity and the requests that were open.</param>
    internal static ReportKind KindOf(Order order, bool wasReplacing, bool wasCanceling, Price price, Quantity quantity)
    {
        if (order.Status.IsTerminal()) return EndOf(order.Status);
        bool isAnswered = wasReplacing && !order.IsReplacementSent, isReplaced = isAnswered && (order.Price != price || order.Quantity != quantity);
        return isReplaced ? ReportKind.Replaced : isAnswered ? ReportKind.ReplaceRejected : wasCanceling ? ReportKind.CancelRejected : ReportKind.Accepted;
    }

    public void Take(in VenuePosition position) => _reconciliation.Collect(in position);

    public void Take(in VenueAnswer answer)
    {
        if (answer.Kind == VenueAnswerKind.Failed) TakeFailure(answer.Request);
        if (_reconciliation.Take(in answer)) NoteSettled(in answer);
        FollowSnapshot();
    }

    public void Take(in VenueConnection connection)
    {
        if (connection.IsConnected == _isConnected) return;
        _isConnected = connection.IsConnected;
        if (_isConnected)
        {
            RestartDoubts();
            _reconciliation.Ask(ReconciliationTrigger.Reconnect);
            return;
        }
        _reconciliation.Stop();
        _anomalies.SetReconciled(false, ReasonCode.Disconnected);
        for (int index = 0; index < _services.Blotter.InstrumentCount; index++)
            for (Order? order = _services.Blotter.First(new InstrumentId(index)); order is not null; order = order.Next)
                if (HasOpenRequest(order)) _doubts.Add(order.Id);      // told below: a strategy that is told may change the list
        foreach (ClientOrderId id in _doubts.ToArray())
            if (_services.Blotter.TryFind(id, out Order? order) && HasOpenRequest(order)) Tell(order, ReasonCode.Disconnected);
    }

    // ---- doubts

    private static bool HasOpenRequest(Order order) =>
        !order.IsHere && !order.IsInDoubt && (order.Submission.IsOpen || order.IsCancelSent || order.IsReplacementSent);

    private void NoteStuck(Order order)
    {
        _services.Blotter.StuckCount++;
        _anomalies.Note(AnomalyKind.OrderStuck, order.Strategy, order.Id, order.Instrument, order.Status, ReasonCode.Unanswered);
        Doubt(order, ReasonCode.Unanswered);
    }

    private void Doubt(Order order, ReasonCode reason)
    {
        _doubts.Add(order.Id);
        Tell(order, reason);
    }

    private void Tell(Order order, ReasonCode reason)
    {
        OrderStatus from = order.Status;
        _services.Blotter.NoteDoubt(order, reason, Clock);
        _services.KillWatch?.NoteUnknown();
        _desk.Tell(order, from, reason);
    }

    /// <summary>Asks the next question about each order and name that is due.</summary>
    private void AskDue(Timestamp now)
    {
        if (!_isConnected) return;
        for (int i = _doubts.Count - 1; i >= 0; i--)
        {
            bool isOpen = _services.Blotter.TryFind(_doubts[i], out Order? order) && order.IsInDoubt;
            if (!isOpen) _doubts.RemoveAt(i);
            else if (order!.Doubt.Due <= now) AskNext(order, now);
        }
        for (int i = _names.Count - 1; i >= 0; i--)
            if (_names[i].Due <= now) AskNext(i, now);
    }

    private void AskNext(Order order, Timestamp now)
    {
        if (order.Doubt.Question != 0)
        {
            AskLater(order);      // it was not answered
            return;
        }
        ApprovedCommand question = _services.Executor.Ask(order.Id, order.Instrument, order.Side, venueOrderId: 0, now);
        _services.Outbox.Post(question);
        order.Doubt.Attempts++;
        order.Doubt.Question = question.Number;
        order.Doubt.Due = now + _options.QueryTimeout;
    }

    /// <summary>The last question settled nothing.</summary>
    private void AskLater(Order order)
    {
        order.Doubt.Question = 0;
        order.Doubt.Due = Clock + Backoff(_options, order.Doubt.Attempts);
        if (order.Doubt.Attempts != _options.QueryAttempts) return;
        _anomalies.Note(AnomalyKind.OrderUnsettled, order.Strategy, order.Id, order.Instrument, order.Status, order.Doubt.Reason);
        Reconcile(ReconciliationTrigger.Doubt);
    }

    private void TakeFailure(long request)
    {
        foreach (ClientOrderId id in _doubts)
        {
            if (!_services.Blotter.TryFind(id, out Order? order) || !order.IsInDoubt || order.Doubt.Question != request) continue;
            AskLater(order);
            return;
        }
        for (int i = 0; i < _names.Count; i++)
            if (_names[i].Question == request) _names[i] = _names[i] with { Question = 0, Due = Clock + Backoff(_options, _names[i].Attempts) };
    }

    private void RestartDoubts()
    {
        foreach (ClientOrderId id in _doubts)
            if (_services.Blotter.TryFind(id, out Order? order) && order.IsInDoubt) Restart(order);
        for (int i = 0; i < _names.Count; i++) _names[i] = _names[i] with { Question = 0, Due = Clock, Attempts = 0 };
        AskDue(Clock);
    }

    private void Restart(Order order) => (order.Doubt.Question, order.Doubt.Attempts, order.Doubt.Due) = (0, 0, Clock);

    // ---- names of ours that are not live here

    private void AskByName(in OrderReport report)
    {
        foreach (NamedDoubt known in _names)
            if (known.Order == report.ClientOrderId) return;
        if (_names.Count >= NamesMax)
        {
            Reconcile(ReconciliationTrigger.Doubt);
            return;
        }
        _names.Add(new NamedDoubt(report.ClientOrderId, report.Header.Instrument, report.Side, Clock, 0, 0));
        if (_isConnected) AskNext(_names.Count - 1, Clock);
    }

    private void AskNext(int at, Timestamp now)
    {
        NamedDoubt name = _names[at];
        if (name.Attempts >= _options.QueryAttempts)
        {
            _names.RemoveAt(at);
            Reconcile(ReconciliationTrigger.Doubt);
            return;
        }
        if (name.Question != 0)
        {
            _names[at] = name with { Question = 0, Due = now + Backoff(_options, name.Attempts) };
            return;
        }
        ApprovedCommand question = _services.Executor.Ask(name.Order, name.Instrument, name.Side, venueOrderId: 0, now);
        _services.Outbox.Post(question);
        _names[at] = name with { Question = question.Number, Attempts = name.Attempts + 1, Due = now + _options.QueryTimeout };
    }

    private bool TryTakeNamed(in VenueOrder found)
    {
        for (int i = 0; i < _names.Count; i++)
        {
            if (_names[i].Order != found.ClientOrderId || _names[i].Question != found.Request) continue;
            _names.RemoveAt(i);
            bool isLive = found.Status != OrderStatus.None && !found.Status.IsTerminal();
            if (isLive && !_services.Blotter.TryFind(found.ClientOrderId, out _)) Adopt(in found);
            return true;
        }
        return false;
    }

    /// <summary>It was over for us and lives: it is ours again, and to end.</summary>
    private void Adopt(in VenueOrder found)
    {
        if (!_services.Blotter.TryAdopt(_services.Executor.Again(in found, Clock), in found, out Order order)) return;
        _services.Blotter.LiveAfterCloseCount++;
        _desk.Tell(order, OrderStatus.None, ReasonCode.Settled);
        _anomalies.Note(AnomalyKind.LiveAfterClose, order.Strategy, order.Id, order.Instrument, order.Status, ReasonCode.Settled);
        EndNow(order.Id);
    }

    // ---- ends that were not done

    private void EndNow(ClientOrderId id)
    {
        if (_services.Blotter.TryFind(id, out Order? order)) _sessions[order.Strategy].CancelAgain(order);
    }

    private void EndLater(ClientOrderId id)
    {
        if (!_services.Blotter.TryFind(id, out Order? order)) return;
        order.Doubt.Attempts++;
        order.Doubt.Due = Clock + Backoff(_options, order.Doubt.Attempts);
        if (!_endings.Contains(id)) _endings.Add(id);
    }

    /// <summary>Sends the cancels again whose time has come.</summary>
    private void CancelDue(Timestamp now)
    {
        for (int i = _endings.Count - 1; i >= 0; i--)
        {
            bool isOpen = _services.Blotter.TryFind(_endings[i], out Order? order) && !order.IsInDoubt && order.IsEndWanted && !order.IsCancelSent;
            if (isOpen && order!.Doubt.Due > now && !order.Doubt.Due.IsNone && order.Doubt.Due.Nanos != 0) continue;
            ClientOrderId id = _endings[i];
            _endings.RemoveAt(i);
            if (isOpen) EndNow(id);
        }
    }

    private void CancelExternals(Timestamp now, bool isFirst)
    {
        foreach (ExternalOrder order in Externals.Live)
        {
            if (!order.IsEndWanted || (!isFirst && order.CancelDue > now)) continue;
            order.CancelDue = now + _options.CancelTimeout;
            _services.Outbox.Post(_services.Executor.Cancel(order, now));
        }
    }

    // ---- snapshots and gaps

    private void Reconcile(ReconciliationTrigger trigger)
    {
        if (_isConnected) _reconciliation.Ask(trigger);
    }

    private void NoteSettled(in VenueAnswer answer)
    {
        NumbersOf(answer.Header.Source).NoteAllUpTo(answer.Sequence);
        _services.Blotter.ForgetOvertaken(answer.Header.Source, answer.Sequence);
        NoteGapState();
        if (_services.KillSwitch.IsAnyOn) EndExternals();
    }

    /// <summary>What a snapshot has brought up: orders that are to end, and orders that the venue is to be asked about. A strategy that is told of one may change what becomes of the next.</summary>
    private void FollowSnapshot()
    {
        if (_reconciliation.ToEnd.Count + _reconciliation.Gone.Count == 0) return;
        foreach (ClientOrderId id in _reconciliation.ToEnd)
            if (_services.Blotter.TryFind(id, out Order? order) && !order.IsInDoubt) EndNow(id);
        foreach (ClientOrderId id in _reconciliation.Gone)
        {
            if (!_services.Blotter.TryFind(id, out Order? order) || order.IsHere) continue;
            if (!order.IsInDoubt) Doubt(order, ReasonCode.ReportLost);      // else it is being asked about
        }
        _reconciliation.ToEnd.Clear();
        _reconciliation.Gone.Clear();
        AskDue(Clock);
    }

    private void NoteNumber(ushort source, long number)
    {
        NumbersOf(source).Note(number);
        NoteGapState();
    }

    private void NoteGapState()
    {
        bool hasGap = _lastNumbers!.HasGap || (_numbers.Count > 1 && HasGap()) || _services.Blotter.HasOvertaken;
        if (!hasGap) _gapSince = Timestamp.None;
        else if (_gapSince.IsNone && !_reconciliation.IsGoingOn) _gapSince = Clock;
    }

    private bool HasGap()
    {
        foreach (ReportNumbers numbers in _numbers.Values)
            if (numbers.HasGap) return true;
        return false;
    }

    private void NoteGap()
    {
        _gapSince = Timestamp.None;
        _services.Blotter.ReportLostCount++;
        _anomalies.Note(AnomalyKind.ReportLost, -1, ClientOrderId.None, InstrumentId.None, OrderStatus.None, ReasonCode.ReportLost);
        Reconcile(ReconciliationTrigger.Doubt);
    }

    private ReportNumbers NumbersOf(ushort source)
    {
        if (_lastNumbers is not null && _lastSource == source) return _lastNumbers;
        if (!_numbers.TryGetValue(source, out ReportNumbers? numbers)) _numbers.Add(source, numbers = new ReportNumbers());
        (_lastNumbers, _lastSource) = (numbers, source);
        return numbers;
    }

    private void NoteAnomaly(in OrderReport report, in ReportEffect effect, OrderStatus from)
    {
        _anomalies.Note(effect.Anomaly, effect.Owner, in report, from);
        if (effect.Anomaly == AnomalyKind.UnknownOrder) Reconcile(ReconciliationTrigger.Doubt);
    }

    private Timestamp NextOfDoubts()
    {
        Timestamp next = Timestamp.None;
        if (_isConnected)
        {
            foreach (ClientOrderId id in _doubts)
                if (_services.Blotter.TryFind(id, out Order? order) && order.IsInDoubt) next = Timestamp.Min(next, order.Doubt.Due);
            foreach (NamedDoubt name in _names) next = Timestamp.Min(next, name.Due);
        }
        foreach (ClientOrderId id in _endings)
            if (_services.Blotter.TryFind(id, out Order? order)) next = Timestamp.Min(next, Timestamp.Max(order.Doubt.Due, Clock));
        foreach (ExternalOrder order in Externals.Live)
            if (order.IsEndWanted) next = Timestamp.Min(next, order.CancelDue);
        if (!_gapSince.IsNone) next = Timestamp.Min(next, _gapSince + _options.GapPatience);
        return next;
    }

    private static ReportKind EndOf(OrderStatus status) => status switch
    {
        OrderStatus.Rejected or OrderStatus.Failed => ReportKind.Rejected,
        OrderStatus.Expired => ReportKind.Expired,
        _ => ReportKind.Canceled,
    };

    /// <summary>A name of ours about which the venue is asked although no such order lives here.</summary>
    private readonly record struct NamedDoubt(ClientOrderId Order, InstrumentId Instrument, Side Side, Timestamp Due, long Question, int Attempts);
}
