using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders.Lifecycle;

namespace Fathom.Engine.Orders;

/// <summary>One order of ours from the moment it was approved until it is terminal. Owned and reused by the blotter: nobody keeps a reference over a step.</summary>
public sealed partial class Order
{
    public ClientOrderId Id { get; private set; }
    public ushort Strategy { get; private set; }
    public InstrumentId Instrument { get; private set; }
    public Side Side { get; private set; }
    public OrderType Type { get; private set; }
    public TimeInForce TimeInForce { get; private set; }
    public OrderFlags Flags { get; private set; }
    public Price Price { get; private set; }
    public Quantity Quantity { get; private set; }

    /// <summary>Sum of the order's distinct executions; above <see cref="Quantity"/> when the venue filled too much. Saturates.</summary>
    public Quantity Cumulative { get; private set; }

    public OrderStatus Status { get; private set; }

    /// <summary>The venue said that it has the order.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>The engine's clock when the order was approved.</summary>
    public Timestamp DecisionTime { get; private set; }

    /// <summary>Quantity ahead of us in the queue as the venue last said; None when it never did.</summary>
    public Quantity QueueAhead { get; private set; }

    /// <summary>What may still be filled; never negative.</summary>
    public Quantity Leaves => LeavesOf(Quantity);

    /// <summary>What may be filled at worst: of the order as it is or, while a replacement is on its way, as it may be by now, whichever is more. Nothing while we hold it.</summary>
    public Quantity WorstLeaves => IsHere ? Quantity.Zero : IsReplacementSent && _newQuantity > Quantity ? LeavesOf(_newQuantity) : Leaves;

    /// <summary>A replacement was sent and not answered.</summary>
    public bool IsReplacementSent => Replacement.IsOpen;

    /// <summary>A cancel was sent and not answered.</summary>
    internal bool IsCancelSent => Cancellation.IsOpen;

    /// <summary>What the order is, only the venue knows: it is being asked.</summary>
    public bool IsInDoubt => Status == OrderStatus.Unknown;

    /// <summary>Why the order is unknown; None while it is known.</summary>
    public ReasonCode DoubtReason => Doubt.Reason;

    /// <summary>Since when the order is unknown, by the engine's clock; None while it is known.</summary>
    public Timestamp DoubtSince => IsInDoubt ? Doubt.Since : Timestamp.None;

    /// <summary>The venue's name of it; 0 before the venue has told it.</summary>
    public ulong VenueOrderId { get; internal set; }

    /// <summary>The price that the order is to have once the replacement on its way is answered; its own price when none is.</summary>
    public Price WantedPrice => IsReplacementSent ? _newPrice : Price;

    /// <summary>The whole quantity that it is to have once the replacement on its way is answered; its own when none is.</summary>
    internal Quantity WantedQuantity => IsReplacementSent ? _newQuantity : Quantity;

    /// <summary>The last replacement moved the order to the back of a queue: another price, or more quantity.</summary>
    internal bool HasLostPlace { get; private set; }

    /// <summary>The form of want that it comes from.</summary>
    public OrderOrigin Origin { get; private set; }

    /// <summary>As in force; None without a trigger, and of a trailing stop that has seen no price. Where the venue keeps the trail, as it was stated.</summary>
    public Price TriggerPrice { get; private set; }

    public TriggerSource TriggerSource { get; private set; }

    /// <summary>None of an order that does not trail.</summary>
    public Price TrailOffset { get; private set; }

    /// <summary>Of an order good till a date; else zero.</summary>
    public Timestamp ExpireTime { get; private set; }

    /// <summary>0 of an order by itself.</summary>
    public ulong ListId { get; private set; }

    public Contingency Contingency { get; private set; }

    public ulong UserTag { get; private set; }

    public bool IsReduceOnly => (Flags & OrderFlags.ReduceOnly) != 0;

    /// <summary>It has a trigger that has not been met, as far as we know.</summary>
    public bool IsWaiting => Type.HasTrigger() && !IsTriggered;

    internal bool IsTriggered { get; private set; }

    /// <summary>What it does not take at once stays in the book.</summary>
    internal bool CanRest => Type is OrderType.Limit or OrderType.StopLimit && !TimeInForce.IsImmediate();

    /// <summary>A child at the venue whose parent has not filled: it does not stand in the book.</summary>
    internal bool IsDormant { get; set; }

    // ---- what we do for it in the venue's place

    /// <summary>When we end it; None when the venue does, or nobody.</summary>
    internal Timestamp Deadline { get; set; }

    /// <summary>It is reduce-only, and the venue does not know.</summary>
    internal bool IsReductionWatched { get; set; }

    /// <summary>Its list, where we keep it; null where the venue does, or there is none.</summary>
    internal OrderList? List { get; set; }

    /// <summary>What the venue is to have open of it: what may be filled now. Only of orders in a list or reduce-only that we look after.</summary>
    internal Quantity Wanted { get; set; }

    /// <summary>What it becomes once the owner's own replacement, which is on its way, is confirmed; None when none is.</summary>
    internal Quantity WantedNext { get; set; }

    /// <summary>Of a child in a list: what may be filled once its parent has filled more.</summary>
    internal Quantity Inactive { get; set; }

    /// <summary>Why we asked for its end; None when the owner did, or nobody has.</summary>
    internal ReasonCode EndReason { get; set; }

    /// <summary>Its wait for a trigger or a parent is over, and it stands in line to be sent.</summary>
    internal bool IsLeaving { get; set; }

    /// <summary>The venue has not seen it. Its status does not tell: one that was triggered here can lose its place in line again.</summary>
    internal bool IsHere { get; private set; }

    /// <summary>1, 2, 3 … in the order in which orders were taken; the rest of an order has the number of the whole.</summary>
    internal long Number { get; set; }

    /// <summary>What its commands and events name as their origin: the order itself, or the one that it is the rest of.</summary>
    internal ClientOrderId Parent { get; private set; }

    /// <summary>The engine's clock when the venue last said that it entered: accepted or replaced. None before.</summary>
    internal Timestamp AcceptedAt { get; set; }

    /// <summary>The best price for the order that it has watched; None before the first.</summary>
    internal Price Extreme { get; set; }

    /// <summary>The trigger that was asked for; None where a trailing stop's was not.</summary>
    internal Price TriggerStated { get; private set; }

    /// <summary>Our place in the queue, kept by <see cref="QueueTracker"/>.</summary>
    internal QueuePlace Place;

    /// <summary>What the blotter has reserved for it.</summary>
    internal Quantity Reserved { get; set; }

    /// <summary>It counts among the live orders at the venue.</summary>
    internal bool IsCounted { get; set; }

    // ---- what is on its way, and what is in doubt

    internal OpenRequest Submission;
    internal OpenRequest Cancellation;
    internal OpenRequest Replacement;
    internal Doubt Doubt;

    /// <summary>Number of the newest report whose word, other than an execution, it has taken; 0 before, and where the venue does not number them.</summary>
    internal long LastSequence { get; private set; }

    /// <summary>Number of the newest report that it has taken, executions included.</summary>
    internal long NewestNumber => Math.Max(LastSequence, _lastFill);

    /// <summary>Whatever comes between, it is to end: a cancel that the venue did not do is sent again.</summary>
    internal bool IsEndWanted { get; set; }

    /// <summary>So often the venue is asked for executions that are missing in our count, before its count is taken.</summary>
    private const int CountAttempts = 4;

    private bool _isTriggeredThere;
    private ReportKind _end;                 // said by the venue, with more executions than have come
    private Quantity _endCumulative;
    private long _lastFill;                  // number of the newest execution's report
    private Price _newPrice, _newTrigger, _newOffset;
    private Quantity _newQuantity;

    /// <summary>The neighbours in order of approval, among the live orders of the instrument.</summary>
    internal Order? Previous { get; set; }
    internal Order? Next { get; set; }

    internal void Begin(in OrderCommand command, OrderOrigin origin)
    {
        Id = command.ClientOrderId;
        Strategy = command.Output.Strategy;
        Instrument = command.Header.Instrument;
        Side = command.Side;
        Type = command.Type;
        TimeInForce = command.TimeInForce;
        Flags = command.Flags;
        Price = command.Price;
        Quantity = command.Quantity;
        Cumulative = Quantity.Zero;
        Status = OrderStatus.Created;
        IsAccepted = false;
        DecisionTime = command.Header.EventTime;
        QueueAhead = Quantity.None;
        Submission = Cancellation = Replacement = default;
        Doubt = default;
        LastSequence = 0;
        IsEndWanted = false;
        VenueOrderId = 0;
        _end = ReportKind.None;
        _lastFill = 0;
        Origin = origin;
        HasLostPlace = false;
        Place = default;
        Reserved = Quantity.Zero;
        IsCounted = false;
        TriggerPrice = TriggerStated = command.TriggerPrice;
        TriggerSource = command.TriggerSource;
        TrailOffset = command.TrailOffset;
        ExpireTime = command.ExpireTime;
        ListId = command.ListId;
        Contingency = command.Contingency;
        UserTag = command.UserTag;
        Parent = command.Output.Parent.IsNone ? command.ClientOrderId : command.Output.Parent;
        IsTriggered = _isTriggeredThere = IsDormant = IsReductionWatched = IsLeaving = IsHere = false;
        Deadline = AcceptedAt = Timestamp.None;
        List = null;
        Wanted = command.Quantity;
        WantedNext = Quantity.None;
        Inactive = Quantity.Zero;
        EndReason = ReasonCode.None;
        Extreme = Price.None;
    }

    internal ref readonly OpenRequest RequestOf(CommandKind kind)
    {
        if (kind == CommandKind.Submit) return ref Submission;
        if (kind == CommandKind.Cancel) return ref Cancellation;
        return ref Replacement;
    }

    /// <summary>It was approved and leaves in this step.</summary>
    internal void NoteSent(in OrderCommand command)
    {
        Take(OrderInput.Send);
        Submission.Open(in command);
    }

    internal void NoteCancelSent(in OrderCommand command)
    {
        Take(OrderInput.SendCancel);
        Cancellation.Open(in command);
    }

    /// <param name="command">The command, of which the number counts.</param>
    internal void NoteReplaceSent(in OrderCommand command, Price price, Quantity quantity, Price trigger, Price offset)
    {
        Take(OrderInput.SendReplace);
        (_newPrice, _newQuantity, _newTrigger, _newOffset) = (price, quantity, trigger, offset);
        Replacement.Open(in command);
    }

    /// <summary>Nothing is awaited any more: it is over.</summary>
    internal void CloseRequests()
    {
        Submission.Close();
        Cancellation.Close();
        Replacement.Close();
    }

    // ---- while we hold it

    /// <summary>We keep it; the venue has not seen it.</summary>
    internal void NoteHeld()
    {
        Take(OrderInput.Hold);
        IsHere = true;
    }

    internal void NoteTriggered()
    {
        IsTriggered = true;
        Take(OrderInput.Trigger);
    }

    /// <summary>It was approved and is sent now, with its quantity.</summary>
    internal void NoteReleased(in OrderCommand command)
    {
        Quantity = command.Quantity;
        NoteSent(in command);
        IsLeaving = IsHere = false;
    }

    /// <summary>It ended without the venue.</summary>
    /// <param name="input">Refuse, CancelHere or ExpireHere.</param>
    internal void NoteEnded(OrderInput input) => Take(input);

    internal void ChangeHeld(Price price, Price trigger, Price offset)
    {
        Price = price;
        TriggerPrice = TriggerStated = trigger;
        TrailOffset = offset;
    }

    /// <summary>We see to it that the venue has no more of it open than <see cref="Wanted"/>.</summary>
    internal bool IsLookedAfter => List is not null || IsReductionWatched;

    /// <summary>So much of what may be filled, now or later, is gone: what is active first, for what is not may never become it.</summary>
    internal void Cut(Quantity quantity)
    {
        Quantity active = Quantity.Min(Wanted, quantity);
        Wanted -= active;
        Inactive -= Quantity.Min(Inactive, quantity - active);
        if (!WantedNext.IsNone) WantedNext -= Quantity.Min(WantedNext, active);
    }

    /// <summary>Nothing more of it is to be filled.</summary>
    internal void CutAll(ReasonCode reason)
    {
        Wanted = Inactive = Quantity.Zero;
        WantedNext = Quantity.None;
        EndReason = reason;
    }

    /// <summary>Brings the quantity to what may be filled, now or later.</summary>
    internal void SizeHeld() => Quantity = Wanted + Inactive;

    internal void MoveTrigger(Price trigger) => TriggerPrice = trigger;

    /// <summary>It is the rest of one whose trigger was met.</summary>
    internal void TakeOver(bool isTriggered) => IsTriggered = isTriggered;

    // ---- what the venue says

    /// <summary>Notes an execution that was not seen before. The position has moved whatever this says.</summary>
    /// <param name="sequence">Number of its report; 0 where the venue does not number them.</param>
    internal void NoteFill(Quantity quantity, long sequence = 0)
    {
        _lastFill = Math.Max(_lastFill, sequence);
        Cumulative = new Quantity((long)Int128.Min((Int128)Cumulative.Nanos + quantity.Nanos, long.MaxValue - 1));
        IsDormant = false;
        // A fill can outrun both the acknowledgement and a cancel we sent; only completion ends the order. While a larger replacement is unanswered, it may be the larger order that fills.
        if (Cumulative >= Quantity && (!IsReplacementSent || Cumulative >= _newQuantity)) Take(OrderInput.LastFill);
        else if (_end != ReportKind.None && Cumulative >= _endCumulative) Take(EndOf(_end));
        else Take(OrderInput.PartFill);
    }

    /// <summary>Notes any answer but a fill.</summary>
    internal AnswerEffect NoteAnswer(in OrderReport report)
    {
        if (report.Sequence != 0)
        {
            if (report.Sequence <= LastSequence) return AnswerEffect.Older;
            LastSequence = report.Sequence;
        }
        if (report.VenueOrderId != 0) VenueOrderId = report.VenueOrderId;
        if (report.Kind == ReportKind.Replaced && report.Reason is ReasonCode.ListDone or ReasonCode.ReduceOnly)
        {
            Take(OrderInput.Restated);
            NoteOwnAccord(report.Leaves);
            return AnswerEffect.Taken;
        }
        if (EndsBeforeItsFills(in report)) return AnswerEffect.Taken;
        OrderInput input = EndOf(report.Kind);
        // The venue has that name already: the first of the two lives, or lived.
        if (input == OrderInput.Rejected && report.Reason == ReasonCode.DuplicateOrder) return AnswerEffect.Illegal;
        Transition transition = OrderLifecycle.After(Status, Facts, input);
        if (!transition.IsLegal) return AnswerEffect.Illegal;
        NoteFacts(report.Kind);
        if (report.Kind is ReportKind.Accepted or ReportKind.Triggered or ReportKind.Replaced) NoteLeaves(in report);
        bool wasInDoubt = IsInDoubt;
        Status = transition.Status;
        if (IsInDoubt && !wasInDoubt)
        {
            Doubt = NewDoubt(ReasonCode.ReportLost, report.Header.ReceiveTime);
            return AnswerEffect.Illegal;
        }
        if (!Status.IsTerminal() && Cumulative >= Quantity && !IsReplacementSent) Take(OrderInput.LastFill);
        // A request that came too late: the end that it met was told before, or was lost.
        bool isTooLate = report.Kind is ReportKind.CancelRejected or ReportKind.ReplaceRejected && report.Reason is ReasonCode.TooLate or ReasonCode.UnknownOrder;
        if (isTooLate && !Status.IsTerminal() && !IsInDoubt) NoteDoubt(ReasonCode.ReportLost, report.Header.ReceiveTime);
        return AnswerEffect.Taken;
    }

    /// <summary>From now on only the venue can say what it is.</summary>
    internal void NoteDoubt(ReasonCode reason, Timestamp clock)
    {
        Doubt = NewDoubt(reason, clock);
        Take(OrderInput.Doubt);
    }

    private static Doubt NewDoubt(ReasonCode reason, Timestamp clock) => new() { Reason = reason, Since = clock, Due = clock };

    /// <summary>Takes how the venue has the order, as of a moment at which all executions up to then are noted here.</summary>
    /// <returns>Inconclusive also where the venue has more executions of it than came: nothing is settled before they do.</returns>
    internal AnswerEffect NoteFound(in VenueOrder found)
    {
        if (IsOlder(in found)) return AnswerEffect.Older;
        if (found.Status != OrderStatus.None && found.Cumulative > Cumulative)
        {
            // Asked once more it told the same, with all executions that it has: only our count of them is another. Positions are compared apart from it.
            if (Doubt.Attempts < CountAttempts) return AnswerEffect.Inconclusive;
            Cumulative = found.Cumulative;
        }
        if (found.Status == OrderStatus.None) return NoteNotFound(found.Header.EventTime);
        LastSequence = Math.Max(LastSequence, found.Sequence);
        if (found.VenueOrderId != 0) VenueOrderId = found.VenueOrderId;
        if (!found.Status.IsTerminal()) return NoteFoundLive(in found);
        Settle(found.Status switch
        {
            OrderStatus.Filled => OrderInput.FoundFilled,
            OrderStatus.Expired => OrderInput.FoundExpired,
            OrderStatus.Rejected => OrderInput.FoundRejected,
            _ => EndReason == ReasonCode.TimeIsUp ? OrderInput.FoundExpired : OrderInput.FoundCanceled,
        });
        return AnswerEffect.Taken;
    }

    /// <summary>It was over for us, and lives at the venue.</summary>
    /// <param name="since">Executions that came later than what was found. Terminal afterwards where they have filled it.</param>
    internal void Adopt(in VenueOrder found, Quantity since)
    {
        Cumulative = found.Cumulative;
        Quantity = found.Cumulative + found.Leaves;
        IsEndWanted = true;
        EndReason = ReasonCode.Settled;
        NoteFound(in found);
        if (since.IsPositive) NoteFill(since);
    }

    /// <summary>The order has taken something that this does not know of.</summary>
    internal bool IsOlder(in VenueOrder found) => found.Sequence != 0 ? found.Sequence < NewestNumber : found.Status != OrderStatus.None && found.Cumulative < Cumulative;

    internal void NoteQueueAhead(Quantity ahead)
    {
        if (!ahead.IsNone) QueueAhead = ahead;
    }

    /// <summary>The venue cut it, or let it grow with its parent.</summary>
    private void NoteOwnAccord(Quantity leaves)
    {
        IsDormant = false;
        if (leaves.IsPositive) Quantity = Cumulative + leaves;
    }

    /// <summary>An end that speaks of more executions than have come waits for them: they may be on their way, or lost.</summary>
    private bool EndsBeforeItsFills(in OrderReport report)
    {
        bool isEnd = report.Kind is ReportKind.Canceled or ReportKind.Expired;
        if (!isEnd || report.Cumulative <= Cumulative || IsHere) return false;
        (_end, _endCumulative) = (report.Kind, report.Cumulative);
        NoteFacts(report.Kind);
        if (!IsInDoubt) NoteDoubt(ReasonCode.ReportLost, report.Header.ReceiveTime);
        return true;
    }

    /// <summary>What the venue says may still be filled: of a reduce-only order, which it cuts; and where it has fewer executions of the order than were reported to us in its name.</summary>
    private void NoteLeaves(in OrderReport report)
    {
        bool hasFewer = report.Sequence > _lastFill && report.Cumulative < Cumulative;
        if (report.Leaves.IsPositive && (IsReduceOnly || hasFewer)) Quantity = Cumulative + report.Leaves;
    }

    private void NoteFacts(ReportKind kind)
    {
        switch (kind)
        {
            case ReportKind.Accepted:
                IsAccepted = true;
                Submission.Close();
                break;
            case ReportKind.Triggered:
                _isTriggeredThere = IsTriggered = true;
                break;
            case ReportKind.CancelRejected:
                Cancellation.Close();
                if (!IsEndWanted) EndReason = ReasonCode.None;
                break;
            case ReportKind.Replaced:
                NoteReplaceAnswer(isReplaced: true);
                break;
            case ReportKind.ReplaceRejected:
                NoteReplaceAnswer(isReplaced: false);
                break;
        }
    }

    private void NoteReplaceAnswer(bool isReplaced)
    {
        Replacement.Close();
        HasLostPlace = isReplaced && (_newPrice != Price || _newQuantity > Quantity);
        if (!isReplaced) return;
        Price = _newPrice;
        Quantity = _newQuantity;
        TriggerPrice = TriggerStated = _newTrigger;
        TrailOffset = _newOffset;
    }

    /// <summary>Absence tells only after the moment until which a request could still arrive.</summary>
    private AnswerEffect NoteNotFound(Timestamp venueTime)
    {
        if (!IsAccepted && Cumulative.IsZero)
        {
            if (!Submission.IsLostAt(venueTime)) return AnswerEffect.Inconclusive;
            Settle(OrderInput.FoundMissing);
            return AnswerEffect.Taken;
        }
        // It had the order and has it no more. Which end it met the venue does not say; a reconciliation brings executions that it has forgotten with it.
        Settle(Cumulative >= Quantity ? OrderInput.FoundFilled : OrderInput.FoundCanceled);
        return AnswerEffect.Taken;
    }

    private AnswerEffect NoteFoundLive(in VenueOrder found)
    {
        IsAccepted = true;
        Submission.Close();
        if (found.Status == OrderStatus.Triggered) _isTriggeredThere = IsTriggered = true;
        bool isSettled = TrySettleReplacement(in found);
        if (Cancellation.IsOpen)
        {
            if (Cancellation.IsLostAt(found.Header.EventTime)) Cancellation.Close();
            else isSettled = false;
        }
        if (!isSettled) return AnswerEffect.Inconclusive;
        if (!IsEndWanted) EndReason = ReasonCode.None;
        _end = ReportKind.None;
        Settle(OrderInput.FoundLive);
        return AnswerEffect.Taken;
    }

    /// <returns>False while a replacement may still arrive.</returns>
    private bool TrySettleReplacement(in VenueOrder found)
    {
        if (IsReplacementSent)
        {
            bool isDone = found.Price == _newPrice && found.Leaves == LeavesOf(_newQuantity) && (Price != _newPrice || Quantity != _newQuantity || found.TriggerPrice == _newTrigger);
            if (isDone)
            {
                NoteReplaceAnswer(isReplaced: true);
                return true;
            }
            if (!Replacement.IsLostAt(found.Header.EventTime)) return false;
            NoteReplaceAnswer(isReplaced: false);
        }
        // The venue's word holds.
        if (!found.Price.IsNone) Price = found.Price;
        if (found.Leaves.IsPositive) Quantity = Cumulative + found.Leaves;
        if (IsWaiting && !found.TriggerPrice.IsNone && found.TriggerPrice.Nanos != 0) TriggerPrice = found.TriggerPrice;
        return true;
    }

    private void Settle(OrderInput input)
    {
        Doubt = default;
        Take(input);
    }

    /// <summary>What we asked to end because its time was up has expired.</summary>
    private OrderInput EndOf(ReportKind kind) => kind == ReportKind.Canceled && EndReason == ReasonCode.TimeIsUp ? OrderInput.Expired : InputOf(kind);

    private static OrderInput InputOf(ReportKind kind) => kind switch
    {
        ReportKind.Accepted => OrderInput.Accepted,
        ReportKind.Rejected => OrderInput.Rejected,
        ReportKind.Canceled => OrderInput.Canceled,
        ReportKind.CancelRejected => OrderInput.CancelRejected,
        ReportKind.Expired => OrderInput.Expired,
        ReportKind.Replaced => OrderInput.Replaced,
        ReportKind.ReplaceRejected => OrderInput.ReplaceRejected,
        _ => OrderInput.TriggeredThere,
    };

    /// <summary>What the table has to know of the order besides its status.</summary>
    private OrderFacts Facts =>
        (Cumulative.IsZero ? OrderFacts.None : OrderFacts.HasFilled) | (IsAccepted ? OrderFacts.IsAccepted : OrderFacts.None) |
        (_isTriggeredThere ? OrderFacts.IsTriggered : OrderFacts.None) | (Replacement.IsOpen ? OrderFacts.IsReplaceOpen : OrderFacts.None) |
        (Cancellation.IsOpen ? OrderFacts.IsCancelOpen : OrderFacts.None) | (IsHere ? OrderFacts.IsHere : OrderFacts.None);

    private void Take(OrderInput input)
    {
        Transition transition = OrderLifecycle.After(Status, Facts, input);
        Invariant.Require(transition.IsLegal, "what is not possible in an order's state is not done to it");
        Status = transition.Status;
    }

    private Quantity LeavesOf(Quantity quantity) => quantity > Cumulative ? quantity - Cumulative : Quantity.Zero;
}
