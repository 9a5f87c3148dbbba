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

    /// <summary>What may be filled at worst: of the order as it is or, while a replacement is on its way, as it may be by now, whichever is more.</summary>
    public Quantity WorstLeaves => IsReplacementSent && _newQuantity > Quantity ? LeavesOf(_newQuantity) : Leaves;

    /// <summary>A replacement was sent and not answered.</summary>
    public bool IsReplacementSent { get; private set; }

    /// <summary>The price that the order is to have once the replacement on its way is answered; its own price when none is.</summary>
    public Price WantedPrice => IsReplacementSent ? _newPrice : Price;

    /// <summary>The last replacement moved the order to the back of a queue: another price, or more quantity.</summary>
    internal bool HasLostPlace { get; private set; }

    /// <summary>The form of want that it comes from.</summary>
    public OrderOrigin Origin { get; private set; }

    /// <summary>Our place in the queue, kept by <see cref="QueueTracker"/>.</summary>
    internal QueuePlace Place;

    /// <summary>What the blotter has reserved for it.</summary>
    internal Quantity Reserved { get; set; }

    private Price _newPrice;
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
    }

    internal void NoteCancelSent() => Status = OrderStatus.PendingCancel;

    internal void NoteReplaceSent(Price price, Quantity quantity)
    {
        _newPrice = price;
        _newQuantity = quantity;
        IsReplacementSent = true;
        Status = OrderStatus.PendingReplace;
    }

    /// <summary>Notes an execution that was not seen before. The position has moved whatever this says.</summary>
    internal void NoteFill(Quantity quantity)
    {
        Cumulative = new Quantity((long)Int128.Min((Int128)Cumulative.Nanos + quantity.Nanos, long.MaxValue - 1));
        // A fill can outrun both the acknowledgement and a cancel we sent; only completion ends the order.
        if (Cumulative >= Quantity) Status = OrderStatus.Filled;
        else if (Status is OrderStatus.PendingNew or OrderStatus.Open) Status = OrderStatus.PartiallyFilled;
    }

    /// <summary>Notes any answer but a fill.</summary>
    internal void NoteAnswer(ReportKind kind)
    {
        IsAccepted |= kind == ReportKind.Accepted;
        if (kind is ReportKind.Replaced or ReportKind.ReplaceRejected) NoteReplaceAnswer(isReplaced: kind == ReportKind.Replaced);
        Status = kind switch
        {
            ReportKind.Accepted => Status == OrderStatus.PendingNew ? OrderStatus.Open : Status,
            ReportKind.Triggered => Status is OrderStatus.PendingNew or OrderStatus.Open ? OrderStatus.Triggered : Status,
            ReportKind.Rejected => OrderStatus.Rejected,
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
    }

    /// <summary>An answer about a replacement ends its waiting; a cancel that was sent meanwhile goes on waiting.</summary>
    private OrderStatus AfterReplaceAnswer =>
        Status.IsTerminal() ? Status : Cumulative >= Quantity ? OrderStatus.Filled : Status == OrderStatus.PendingReplace ? BeforeRequest : Status;

    /// <summary>What the order would be if no request about it were on its way.</summary>
    private OrderStatus BeforeRequest =>
        IsReplacementSent ? OrderStatus.PendingReplace : !Cumulative.IsZero ? OrderStatus.PartiallyFilled : IsAccepted ? OrderStatus.Open : OrderStatus.PendingNew;

    private Quantity LeavesOf(Quantity quantity) => quantity > Cumulative ? quantity - Cumulative : Quantity.Zero;
}
