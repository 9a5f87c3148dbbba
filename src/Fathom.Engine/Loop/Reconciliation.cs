using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Loop;

/// <summary>
/// Compares all that a venue has of ours with what we believe, and settles every difference by a stated rule (<see cref="DifferenceKind"/>).
/// </summary>
/// <remarks>
/// A snapshot is as of a moment at the venue; when it is here, both sides have moved on. So nothing is compared that moved since: of an order that has taken a newer report, or has ended
/// since the question left, the snapshot is old news; and from our position are taken the executions that came after the snapshot's last report.
/// <code>
///   asked ──▶ begins · executions · orders · positions · ends ──▶ settled: everybody may trade again
///     ▲                                   │ failed, incomplete, or no answer
///     └──────────── back-off ◀────────────┘
/// </code>
/// Until it is settled only positions may be reduced.
/// </remarks>
internal sealed class Reconciliation(SessionServices services, RecoveryOptions options, ReportDesk desk, AnomalyDesk anomalies, ExternalOrders externals, Account account)
{
    /// <summary>Executions and ends noted while an answer is awaited. When more come, it is asked again.</summary>
    private const int NotesMax = 65_536;

    private readonly List<VenueOrder> _orders = [];
    private readonly List<VenuePosition> _positions = [];
    private readonly List<Moved> _moved = [];              // executions booked since the question left
    private readonly HashSet<ClientOrderId> _ended = [];    // orders that ended since
    private readonly HashSet<ClientOrderId> _seen = [];
    private readonly List<Order> _gone = [];
    private Timestamp _since = Timestamp.None;
    private Timestamp _due = Timestamp.None;               // of the next question, or the time up to which the answer is awaited
    private Timestamp _next = Timestamp.None;              // of the next one by the clock
    private ReconciliationTrigger _trigger;
    private VenueAnswer _begun;
    private long _request;
    private int _attempt, _executions, _orderCount, _positionCount, _differences;
    private bool _isCollecting, _isAnswerUseless, _isAskedAgain;

    /// <summary>Orders that the venue does not have and that it is to be asked about by name. Whoever looks after them takes them from here.</summary>
    public List<ClientOrderId> Gone { get; } = [];

    /// <summary>Orders that the venue has and that are to end. Whoever looks after them takes them from here.</summary>
    public List<ClientOrderId> ToEnd { get; } = [];

    /// <summary>When something is to be done; None when nothing is.</summary>
    public Timestamp NextWake => Timestamp.Min(_due, _next);

    /// <summary>A question is out, or about to be asked.</summary>
    public bool IsGoingOn => _trigger != ReconciliationTrigger.None;

    private Timestamp Clock => services.Input.Clock;

    /// <summary>From when on executions are ours; None before the run has begun.</summary>
    public Timestamp Since { get => _since; set => _since = value; }

    /// <summary>The run begins: executions from here on are ours.</summary>
    public void Begin(Timestamp clock)
    {
        if (_since.IsNone) _since = clock;
        if (options.ReconcileEvery > Duration.Zero) _next = clock + options.ReconcileEvery;
    }

    /// <summary>The venue is asked in this step, unless it is being asked already.</summary>
    public void Ask(ReconciliationTrigger trigger)
    {
        anomalies.SetReconciled(false, trigger == ReconciliationTrigger.Reconnect ? ReasonCode.Disconnected : ReasonCode.None);
        if (IsGoingOn)
        {
            _isAskedAgain = true;      // what is under way may be older than the doubt
            return;
        }
        (_trigger, _attempt) = (trigger, 0);
        Send();
    }

    /// <summary>What is under way is given up: the connection is gone.</summary>
    public void Stop()
    {
        (_trigger, _request, _due, _isCollecting, _isAskedAgain) = (ReconciliationTrigger.None, 0, Timestamp.None, false, false);
        ForgetNotes();
    }

    public void OnTime(Timestamp now)
    {
        if (_next <= now)
        {
            _next = now + options.ReconcileEvery;
            if (!IsGoingOn) AskByTheClock();
        }
        if (_due > now) return;
        if (_request != 0) Fail(ReasonCode.Unanswered);
        else Send();
    }

    /// <summary>A report or a change of an execution came, inside a snapshot or not.</summary>
    /// <param name="isNew">It was not seen before, and has moved the position.</param>
    public void NoteExecution(in OrderReport report, int owner, bool isNew)
    {
        if (_request == 0) return;
        CountExecution();
        if (!isNew) return;
        NoteMoved(report.Header.Instrument, report.PositionSide, report.Side.Sign() * report.LastQuantity.Nanos, report.Sequence, report.Header.EventTime);
        if (_isCollecting) PublishMissed(report.ClientOrderId, report.VenueOrderId, owner, report.Header.Instrument, report.LastQuantity, report.LastPrice, report.Side);
    }

    public void NoteExecution(in ExecutionChanged change, int owner, long signed, bool isNew)
    {
        if (_request == 0 || !isNew) return;
        NoteMoved(change.Header.Instrument, change.PositionSide, signed, change.Sequence, change.Header.EventTime);
        if (_isCollecting) PublishMissed(change.ClientOrderId, change.VenueOrderId, owner, change.Header.Instrument, change.NewQuantity, change.NewPrice, change.Side);
    }

    /// <summary>A live order of ours is over.</summary>
    public void NoteEnded(ClientOrderId order)
    {
        if (_request == 0) return;
        if (_ended.Count >= NotesMax) _isAnswerUseless = true;
        else _ended.Add(order);
    }

    /// <summary>An order as part of a snapshot; false when it belongs to none that is awaited.</summary>
    /// <param name="isUsable">It makes sense; else it only counts towards the whole.</param>
    public bool TryCollect(in VenueOrder order, bool isUsable)
    {
        if (!_isCollecting || order.Request != _request) return false;
        _orderCount++;
        _due = Clock + options.QueryTimeout;      // it is coming
        if (isUsable) _orders.Add(order);
        return true;
    }

    public void Collect(in VenuePosition position)
    {
        if (!_isCollecting || position.Request != _request) return;
        _positionCount++;
        _due = Clock + options.QueryTimeout;
        if (!position.Quantity.IsNone) _positions.Add(position);
    }

    /// <returns>True when a snapshot was settled by it.</returns>
    public bool Take(in VenueAnswer answer)
    {
        if (answer.Request != _request || _request == 0) return false;
        switch (answer.Kind)
        {
            case VenueAnswerKind.SnapshotBegins:
                _orders.Clear();
                _positions.Clear();
                (_begun, _isCollecting, _executions, _orderCount, _positionCount, _differences) = (answer, true, 0, 0, 0, 0);
                return false;
            case VenueAnswerKind.SnapshotEnds when _isCollecting:
                _isCollecting = false;
                bool isWhole = answer.Orders == _orderCount && answer.Positions == _positionCount && answer.Executions == _executions && !_isAnswerUseless;
                if (isWhole) return TrySettle();
                Fail(ReasonCode.ReportLost);
                return false;
            default:
                Fail(answer.Reason);
                return false;
        }
    }

    /// <summary>An execution or a change of one came, whether it makes sense or not: as part of a snapshot it counts towards the whole.</summary>
    public void CountExecution()
    {
        if (!_isCollecting) return;
        _executions++;
        _due = Clock + options.QueryTimeout;
    }

    private void NoteMoved(InstrumentId instrument, PositionSide side, long signed, long sequence, Timestamp time)
    {
        if (_moved.Count >= NotesMax) _isAnswerUseless = true;
        else _moved.Add(new Moved(instrument, side, signed, sequence, time));
    }

    private void PublishMissed(ClientOrderId order, ulong venueOrderId, int owner, InstrumentId instrument, Quantity quantity, Price price, Side side) => Publish(
        new DifferenceEvent
        {
            Kind = DifferenceKind.ExecutionMissed,
            ClientOrderId = order,
            VenueOrderId = venueOrderId,
            Theirs = quantity,
            OurPrice = Price.None,
            TheirPrice = price,
            Side = side,
        }, owner, instrument);

    // ---- asking

    /// <summary>By the clock nothing is in doubt yet: strategies go on trading until a difference is found.</summary>
    private void AskByTheClock()
    {
        (_trigger, _attempt) = (ReconciliationTrigger.Timer, 0);
        Send();
    }

    private void Send()
    {
        _attempt++;
        ForgetNotes();
        Risk.ApprovedCommand question = services.Executor.AskAll(_since, Clock);
        _request = question.Number;
        _due = Clock + options.QueryTimeout;
        services.Outbox.Post(question);
        Publish(ReconciliationStage.Asked, ReasonCode.None, Clock);
    }

    private void Fail(ReasonCode reason)
    {
        Publish(ReconciliationStage.Failed, reason, Clock);
        _request = 0;
        _isCollecting = false;
        _due = Clock + OrderRecovery.Backoff(options, _attempt);
    }

    private void ForgetNotes()
    {
        _moved.Clear();
        _ended.Clear();
        _isAnswerUseless = false;
    }

    // ---- settling

    /// <returns>False where it has to be asked again.</returns>
    private bool TrySettle()
    {
        SettleOrders();
        SettleGone();
        if (!TrySettlePositions())
        {
            Fail(ReasonCode.ReportLost);
            return false;
        }
        _since = _begun.Header.EventTime;
        Publish(ReconciliationStage.Done, ReasonCode.None, _begun.Header.EventTime);
        (_request, _trigger, _due) = (0, ReconciliationTrigger.None, Timestamp.None);
        ForgetNotes();
        if (_isAskedAgain)
        {
            _isAskedAgain = false;
            (_trigger, _attempt) = (ReconciliationTrigger.Doubt, 0);
            Send();
            return true;
        }
        anomalies.SetReconciled(true, ReasonCode.Settled);
        return true;
    }

    private void SettleOrders()
    {
        _seen.Clear();
        foreach (VenueOrder theirs in _orders)
        {
            bool isOurs = services.Blotter.IsOurs(theirs.ClientOrderId);
            if (!isOurs) SettleExternal(in theirs);
            else if (services.Blotter.TryFind(theirs.ClientOrderId, out Order? order)) SettleKnown(order, in theirs);
            else if (!_ended.Contains(theirs.ClientOrderId)) SettleUnexpected(in theirs);
            if (isOurs) _seen.Add(theirs.ClientOrderId);
        }
    }

    private void SettleKnown(Order order, in VenueOrder theirs)
    {
        if (order.IsHere)
        {
            anomalies.Note(AnomalyKind.Illegal, order.Strategy, order.Id, order.Instrument, order.Status, ReasonCode.DuplicateOrder);      // a name of ours that never left
            return;
        }
        if (order.IsOlder(in theirs) || !(order.IsInDoubt || Differs(order, in theirs))) return;
        if (theirs.Cumulative > order.Cumulative)
        {
            Gone.Add(order.Id);      // the venue's memory for executions is shorter than the time: asked about the order it repeats them
            return;
        }
        bool isWaiting = !order.IsInDoubt && (order.IsCancelSent || order.IsReplacementSent);
        if (isWaiting) return;      // its answer is on its way, or its time will be up
        (Quantity leaves, Price price, Quantity quantity, OrderStatus from) = (order.Leaves, order.Price, order.Quantity, order.Status);
        bool wasReplacing = order.IsReplacementSent, wasCanceling = order.IsCancelSent;
        bool wasDifferent = Differs(order, in theirs);
        if (services.Blotter.NoteFound(order, in theirs) != AnswerEffect.Taken) return;
        if (wasDifferent) Publish(Of(DifferenceKind.OrderDiffers, in theirs, leaves, price, from), order.Strategy, order.Instrument);
        if (order.Status.IsTerminal()) NoteEnded(order.Id);
        else if (order.IsEndWanted) ToEnd.Add(order.Id);
        desk.TakeFound(order, from, OrderRecovery.KindOf(order, wasReplacing, wasCanceling, price, quantity), in theirs);
    }

    private static bool Differs(Order order, in VenueOrder theirs) =>
        order.Leaves != theirs.Leaves || (!order.Price.IsNone && !theirs.Price.IsNone && order.Price != theirs.Price) || (order.Status == OrderStatus.PendingNew);

    private void SettleUnexpected(in VenueOrder theirs)
    {
        if (!services.Blotter.TryAdopt(services.Executor.Again(in theirs, Clock), in theirs, out Order order)) return;
        Publish(Of(DifferenceKind.OrderUnexpected, in theirs, Quantity.Zero, Price.None, OrderStatus.None), order.Strategy, order.Instrument);
        services.Blotter.LiveAfterCloseCount++;
        desk.Tell(order, OrderStatus.None, ReasonCode.Settled);
        anomalies.Note(AnomalyKind.LiveAfterClose, order.Strategy, order.Id, order.Instrument, order.Status, ReasonCode.Settled);
        ToEnd.Add(order.Id);
    }

    private void SettleExternal(in VenueOrder theirs)
    {
        if (externals.Find(theirs.Header.Source, theirs.VenueOrderId) is { } known)
        {
            externals.Update(known, in theirs);
            return;
        }
        externals.Adopt(in theirs);
        Publish(Of(DifferenceKind.OrderExternal, in theirs, Quantity.Zero, Price.None, OrderStatus.None), -1, theirs.Header.Instrument);
    }

    /// <summary>What we have as live and the venue does not. An order that it has not answered yet may not have reached it.</summary>
    private void SettleGone()
    {
        _gone.Clear();
        for (int index = 0; index < services.Blotter.InstrumentCount; index++)
            for (Order? order = services.Blotter.First(new InstrumentId(index)); order is not null; order = order.Next)
                if (!order.IsHere && !_seen.Contains(order.Id) && order.NewestNumber <= _begun.Sequence && HasArrived(order)) _gone.Add(order);
        foreach (Order order in _gone)
        {
            if (!order.IsInDoubt) Publish(GoneOf(order), order.Strategy, order.Instrument);
            Gone.Add(order.Id);
        }
        for (int i = externals.Live.Count - 1; i >= 0; i--)
        {
            ExternalOrder order = externals.Live[i];
            if (order.LastSequence > _begun.Sequence || IsListed(order)) continue;
            Publish(GoneOf(order), -1, order.Instrument);
            externals.Forget(order);
        }
    }

    private static bool HasArrived(Order order) => order.IsInDoubt || !order.Submission.IsOpen || !order.Cumulative.IsZero;

    private bool IsListed(ExternalOrder order)
    {
        foreach (VenueOrder theirs in _orders)
            if (theirs.VenueOrderId == order.VenueOrderId && theirs.Header.Source == order.Source) return true;
        return false;
    }

    /// <returns>False where a difference may come of executions that are still to be asked for.</returns>
    private bool TrySettlePositions()
    {
        bool isSettled = true;
        for (int index = 0; index < services.Stage.State.Instruments.Count; index++)
        {
            InstrumentId instrument = new(index);
            for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++) isSettled &= TrySettlePosition(instrument, side);
        }
        return isSettled;
    }

    /// <summary>An order of the instrument is in doubt: it may have filled as much as is missing.</summary>
    private bool HasDoubt(InstrumentId instrument)
    {
        foreach (ClientOrderId id in Gone)
            if (services.Blotter.TryFind(id, out Order? gone) && gone.Instrument == instrument) return true;
        for (Order? order = services.Blotter.First(instrument); order is not null; order = order.Next)
            if (order.IsInDoubt) return true;
        return false;
    }

    private bool TrySettlePosition(InstrumentId instrument, PositionSide side)
    {
        Quantity theirs = Quantity.Zero;
        Price average = Price.None;
        foreach (VenuePosition position in _positions)
            if (position.Header.Instrument == instrument && position.PositionSide == side) (theirs, average) = (theirs + position.Quantity, position.AveragePrice);
        Int128 ours = account.Held(instrument, side);
        foreach (Moved moved in _moved)
            if (moved.Instrument == instrument && moved.Side == side && moved.IsAfter(in _begun)) ours -= moved.Signed;
        Int128 rest = theirs.Nanos - ours;
        if (rest == 0) return true;
        bool hasMarket = account.TryMarket(instrument, out Price bid, out Price ask);
        if (HasDoubt(instrument) || Int128.Abs(rest) >= long.MaxValue || (!hasMarket && average.IsNone)) return false;      // without a price it cannot be told what it is worth
        Price price = hasMarket ? (rest > 0 ? bid : ask) : average;
        DifferenceEvent difference = new()
        {
            Kind = DifferenceKind.PositionDiffers,
            Ours = new Quantity((long)Int128.Clamp(ours, -(long.MaxValue - 1), long.MaxValue - 1)),
            Theirs = theirs,
            OurPrice = price,
            TheirPrice = average,
        };
        Publish(difference, -1, instrument);
        desk.AdoptPosition(instrument, new Quantity((long)rest), price, side);
        return true;
    }

    // ---- what is published

    private static DifferenceEvent Of(DifferenceKind kind, in VenueOrder theirs, Quantity leaves, Price price, OrderStatus status) => new()
    {
        Kind = kind,
        ClientOrderId = theirs.ClientOrderId,
        VenueOrderId = theirs.VenueOrderId,
        Ours = leaves,
        Theirs = theirs.Leaves,
        OurPrice = price,
        TheirPrice = theirs.Price,
        OurStatus = status,
        TheirStatus = theirs.Status,
        Side = theirs.Side,
    };

    private static DifferenceEvent GoneOf(Order order) => new()
    {
        Kind = DifferenceKind.OrderGone,
        ClientOrderId = order.Id,
        VenueOrderId = order.VenueOrderId,
        Ours = order.Leaves,
        OurPrice = order.Price,
        TheirPrice = Price.None,
        OurStatus = order.Status,
        Side = order.Side,
    };

    private static DifferenceEvent GoneOf(ExternalOrder order) => new()
    {
        Kind = DifferenceKind.ExternalGone,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = order.VenueOrderId,
        Ours = order.Leaves,
        OurPrice = order.Price,
        TheirPrice = Price.None,
        Side = order.Side,
    };

    private void Publish(DifferenceEvent difference, int owner, InstrumentId instrument)
    {
        _differences++;
        difference.Header = MessageHeader.Create<DifferenceEvent>(MessageType.DifferenceEvent, source: 0, instrument, _begun.Header.EventTime, Clock);
        difference.Output = Output(owner, difference.ClientOrderId);
        difference.Request = _request;
        services.Publisher.Publish(ref difference);
    }

    private void Publish(ReconciliationStage stage, ReasonCode reason, Timestamp eventTime)
    {
        ReconciliationEvent reconciliation = new()
        {
            Header = MessageHeader.Create<ReconciliationEvent>(MessageType.ReconciliationEvent, source: 0, InstrumentId.None, eventTime, Clock),
            Output = Output(-1, ClientOrderId.None),
            Request = _request,
            Attempt = _attempt,
            Stage = stage,
            Trigger = _trigger,
            Reason = reason,
        };
        if (stage == ReconciliationStage.Done)
            (reconciliation.Executions, reconciliation.Orders, reconciliation.Positions, reconciliation.Differences) = (_executions, _orders.Count, _positions.Count, _differences);
        services.Publisher.Publish(ref reconciliation);
    }

    private OutputHeader Output(int owner, ClientOrderId parent) =>
        new() { Strategy = owner < 0 ? TradingEngine.ExternalStrategy : (ushort)owner, Account = services.Account, Parent = parent };

    /// <summary>An execution that was booked while an answer is awaited.</summary>
    private readonly record struct Moved(InstrumentId Instrument, PositionSide Side, long Signed, long Sequence, Timestamp Time)
    {
        public bool IsAfter(in VenueAnswer snapshot) => Sequence != 0 && snapshot.Sequence != 0 ? Sequence > snapshot.Sequence : Time > snapshot.Header.EventTime;
    }
}
