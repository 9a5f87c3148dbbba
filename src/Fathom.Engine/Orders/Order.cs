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
    public Quantity Leaves => Quantity > Cumulative ? Quantity - Cumulative : Quantity.Zero;

    /// <summary>The neighbours in order of approval, among the live orders of the instrument.</summary>
    internal Order? Previous { get; set; }
    internal Order? Next { get; set; }

    internal void Begin(in OrderCommand command)
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
    }

    internal void NoteCancelSent() => Status = OrderStatus.PendingCancel;

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
        Status = kind switch
        {
            ReportKind.Accepted => Status == OrderStatus.PendingNew ? OrderStatus.Open : Status,
            ReportKind.Rejected => OrderStatus.Rejected,
            ReportKind.Canceled => Cumulative.IsZero ? OrderStatus.Canceled : OrderStatus.CanceledAfterPartialFill,
            ReportKind.CancelRejected => Status == OrderStatus.PendingCancel ? BeforeCancel : Status,
            ReportKind.Expired => OrderStatus.Expired,
            _ => Status,
        };
    }

    internal void NoteQueueAhead(Quantity ahead)
    {
        if (!ahead.IsNone) QueueAhead = ahead;
    }

    /// <summary>What the order would be if no cancel had been sent.</summary>
    private OrderStatus BeforeCancel => !Cumulative.IsZero ? OrderStatus.PartiallyFilled : IsAccepted ? OrderStatus.Open : OrderStatus.PendingNew;
}
