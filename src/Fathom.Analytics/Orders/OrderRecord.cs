using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Orders;

/// <summary>An order in its last known state.</summary>
public sealed class OrderRecord
{
    internal OrderRecord(in OrderEvent first)
    {
        Id = first.ClientOrderId;
        Strategy = first.Output.Strategy;
        Instrument = first.Header.Instrument;
        Side = first.Side;
        Type = first.Type;
        TimeInForce = first.TimeInForce;
        Decided = first.DecisionTime;
        Price = first.Price;
        Quantity = first.Quantity;
    }

    public ClientOrderId Id { get; }
    public ushort Strategy { get; }

    /// <summary>May be one that does not exist, of an order that was refused for it.</summary>
    public InstrumentId Instrument { get; }

    public Side Side { get; }
    public OrderType Type { get; }
    public TimeInForce TimeInForce { get; }

    /// <summary>The engine's clock when it decided to send the order.</summary>
    public Timestamp Decided { get; }

    /// <summary>As they are in force: a replacement counts when the venue has confirmed it.</summary>
    public Price Price { get; private set; }

    /// <inheritdoc cref="Price"/>
    public Quantity Quantity { get; private set; }

    public Quantity Filled { get; private set; }
    public OrderStatus Status { get; private set; }

    /// <summary>Of the newest change.</summary>
    public ReasonCode Reason { get; private set; }

    /// <summary>The engine's clock when it ended; None while it lives.</summary>
    public Timestamp Ended { get; private set; } = Timestamp.None;

    /// <summary>Quantity ahead when it last got its place in a queue; None when it never did, or the venue did not say.</summary>
    public Quantity QueueAtPlacement { get; private set; } = Quantity.None;

    /// <summary>It left for the venue; one that is held has not.</summary>
    internal bool IsSent { get; private set; }

    /// <summary>Takes a change of status; true when it gave the order a place in a queue: it was accepted, or a replacement took it elsewhere.</summary>
    internal bool Note(in OrderEvent change)
    {
        bool isPlacement = change.To == OrderStatus.Open && change.From == OrderStatus.PendingNew || IsMove(change);
        IsSent |= change.To is not (OrderStatus.Held or OrderStatus.Refused) && change.From is not OrderStatus.Held || change.To == OrderStatus.PendingNew;
        Filled = change.Cumulative;
        Status = change.To;
        Reason = change.Reason;
        Price = change.Price;
        Quantity = change.Quantity;
        if (change.To.IsTerminal()) Ended = change.Header.ReceiveTime;
        if (isPlacement) QueueAtPlacement = change.QueueAhead;
        return isPlacement;
    }

    /// <summary>Takes an execution: one that completes nothing comes without a change of status. Saturates.</summary>
    internal void Note(in FillEvent fill) => Filled = new Quantity((long)Int128.Min((Int128)Filled.Nanos + fill.Quantity.Nanos, long.MaxValue - 1));

    /// <summary>A replacement that changes the price or asks for more goes to the end of a queue; one that asks for less keeps its place.</summary>
    private bool IsMove(in OrderEvent change) =>
        change.From == OrderStatus.PendingReplace && change.To is OrderStatus.Open or OrderStatus.PartiallyFilled &&
        (change.Price != Price || change.Quantity > Quantity);
}
