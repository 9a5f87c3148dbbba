using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>One order of ours from the moment it was approved until it is terminal. Owned and reused by the blotter: nobody keeps a reference over a step.</summary>
public sealed class Order
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
    public bool IsReplacementSent { get; private set; }

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

    private bool _isTriggeredThere;
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
        Status = OrderStatus.PendingNew;
        IsAccepted = false;
        DecisionTime = command.Header.EventTime;
        QueueAhead = Quantity.None;
        IsReplacementSent = false;
        Origin = origin;
        HasLostPlace = false;
        Place = default;
        Reserved = Quantity.Zero;
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

    internal void NoteCancelSent() => Status = OrderStatus.PendingCancel;

    internal void NoteReplaceSent(Price price, Quantity quantity) => NoteReplaceSent(price, quantity, TriggerPrice, TrailOffset);

    internal void NoteReplaceSent(Price price, Quantity quantity, Price trigger, Price offset)
    {
        (_newPrice, _newQuantity, _newTrigger, _newOffset) = (price, quantity, trigger, offset);
        IsReplacementSent = true;
        Status = OrderStatus.PendingReplace;
    }

    // ---- while we hold it

    /// <summary>We keep it; the venue has not seen it.</summary>
    internal void NoteHeld() => (Status, IsHere) = (OrderStatus.Held, true);

    internal void NoteTriggered()
    {
        IsTriggered = true;
        Status = OrderStatus.Triggered;
    }

    /// <summary>It was approved and is sent now, with this quantity.</summary>
    internal void NoteReleased(Quantity quantity)
    {
        Quantity = quantity;
        IsLeaving = IsHere = false;
        Status = OrderStatus.PendingNew;
    }

    /// <summary>It ended without the venue.</summary>
    internal void NoteEnded(OrderStatus status) => Status = status;

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

    /// <summary>Notes an execution that was not seen before. The position has moved whatever this says.</summary>
    internal void NoteFill(Quantity quantity)
    {
        Cumulative = new Quantity((long)Int128.Min((Int128)Cumulative.Nanos + quantity.Nanos, long.MaxValue - 1));
        // A fill can outrun both the acknowledgement and a cancel we sent; only completion ends the order.
        if (Cumulative >= Quantity) Status = OrderStatus.Filled;
        else if (Status is OrderStatus.PendingNew or OrderStatus.Open or OrderStatus.Triggered) Status = OrderStatus.PartiallyFilled;
        IsDormant = false;
    }

    /// <summary>Notes any answer but a fill.</summary>
    /// <param name="reason">Of a report that nobody asked for.</param>
    /// <param name="leaves">As the venue says.</param>
    internal void NoteAnswer(ReportKind kind, ReasonCode reason = ReasonCode.None, Quantity leaves = default)
    {
        IsAccepted |= kind == ReportKind.Accepted;
        _isTriggeredThere |= kind == ReportKind.Triggered;
        IsTriggered |= _isTriggeredThere;
        if (kind == ReportKind.CancelRejected) EndReason = ReasonCode.None;
        bool isOwnAccord = kind == ReportKind.Replaced && reason is ReasonCode.ListDone or ReasonCode.ReduceOnly;      // the venue cut it, or let it grow with its parent
        if (isOwnAccord) IsDormant = false;
        else if (kind is ReportKind.Replaced or ReportKind.ReplaceRejected) NoteReplaceAnswer(isReplaced: kind == ReportKind.Replaced);
        if (leaves.IsPositive && (isOwnAccord || (IsReduceOnly && kind is ReportKind.Accepted or ReportKind.Triggered or ReportKind.Replaced))) Quantity = Cumulative + leaves;
        if (isOwnAccord) return;
        Status = kind switch
        {
            ReportKind.Accepted => Status == OrderStatus.PendingNew ? OrderStatus.Open : Status,
            ReportKind.Triggered => Status is OrderStatus.PendingNew or OrderStatus.Open ? OrderStatus.Triggered : Status,
            ReportKind.Rejected => OrderStatus.Rejected,
            ReportKind.Canceled when EndReason == ReasonCode.TimeIsUp => OrderStatus.Expired,
            ReportKind.Canceled => Cumulative.IsZero ? OrderStatus.Canceled : OrderStatus.CanceledAfterPartialFill,
            ReportKind.CancelRejected => Status == OrderStatus.PendingCancel ? BeforeRequest : Status,
            ReportKind.Expired => OrderStatus.Expired,
            ReportKind.Replaced or ReportKind.ReplaceRejected => AfterReplaceAnswer,
            _ => Status,
        };
    }

    internal void NoteQueueAhead(Quantity ahead)
    {
        if (!ahead.IsNone) QueueAhead = ahead;
    }

    private void NoteReplaceAnswer(bool isReplaced)
    {
        if (!IsReplacementSent) return;      // nobody asked, or it was answered: the order stays as we know it
        IsReplacementSent = false;
        HasLostPlace = isReplaced && (_newPrice != Price || _newQuantity > Quantity);
        if (!isReplaced) return;
        Price = _newPrice;
        Quantity = _newQuantity;
        TriggerPrice = TriggerStated = _newTrigger;
        TrailOffset = _newOffset;
    }

    /// <summary>An answer about a replacement ends its waiting; a cancel that was sent meanwhile goes on waiting.</summary>
    private OrderStatus AfterReplaceAnswer =>
        Status.IsTerminal() ? Status : Cumulative >= Quantity ? OrderStatus.Filled : Status == OrderStatus.PendingReplace ? BeforeRequest : Status;

    /// <summary>What the order would be if no request about it were on its way.</summary>
    private OrderStatus BeforeRequest =>
        IsReplacementSent ? OrderStatus.PendingReplace : !Cumulative.IsZero ? OrderStatus.PartiallyFilled :
        _isTriggeredThere ? OrderStatus.Triggered : IsAccepted ? OrderStatus.Open : OrderStatus.PendingNew;

    private Quantity LeavesOf(Quantity quantity) => quantity > Cumulative ? quantity - Cumulative : Quantity.Zero;
}
