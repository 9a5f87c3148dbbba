using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>Sends one strategy's orders: has each judged, posts what is approved, publishes what becomes of it, and keeps what the strategy is to be told of the rest.</summary>
internal sealed class OrderSender(StrategyContext context, SessionServices services, ushort strategy)
{
    private Queue<OrderEvent> _notices = new();
    private Queue<OrderEvent> _delivering = new();

    /// <summary>Orders that were approved and sent.</summary>
    public long OrderCount { get; private set; }

    /// <summary>Orders, replacements and standing wants that were refused before they left.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>The strategy is to be told of something.</summary>
    public bool HasNotices => _notices.Count > 0;

    /// <returns>The refusal, which was told already, or none.</returns>
    public Refusal Submit(ClientOrderId id, in OrderIntent intent, OrderOrigin origin)
    {
        Refusal refusal = services.Executor.Submit(id, in intent, origin, strategy, context.Clock, out ApprovedCommand approved);
        if (!refusal.IsNone)
        {
            Refuse(id, in intent, refusal);
            return refusal;
        }
        OrderCount++;
        services.Marks.Watch(intent.Instrument, context.Clock);
        bool isLive = services.Blotter.TryFind(id, out Order? order);
        Invariant.Require(isLive, "an approved order is live");
        services.Queue.NoteSent(order!);
        services.Outbox.Post(approved);
        PublishTransition(order!, OrderStatus.None);
        return refusal;
    }

    /// <returns>The refusal, which was told already, or none.</returns>
    public Refusal Replace(Order order, Price price, Quantity quantity)
    {
        OrderStatus from = order.Status;
        Refusal refusal = services.Executor.Replace(order, price, quantity, context.Clock, out ApprovedCommand approved);
        if (!refusal.IsNone)
        {
            TellNotReplaced(order, price, quantity, refusal);
            return refusal;
        }
        services.Queue.NoteSent(order);
        services.Outbox.Post(approved);
        PublishTransition(order, from);
        return refusal;
    }

    /// <summary>Cancels a live order; does nothing while a cancel of it is on its way.</summary>
    public void Cancel(Order order)
    {
        OrderStatus from = order.Status;
        if (!services.Executor.TryCancel(order, context.Clock, out ApprovedCommand approved)) return;
        services.Outbox.Post(approved);
        PublishTransition(order, from);
    }

    /// <summary>Cancels all live orders of the strategy.</summary>
    public void CancelAll()
    {
        for (int index = 0; index < services.Blotter.InstrumentCount; index++)
            for (Order? order = services.Blotter.First(new InstrumentId(index)); order is not null; order = order.Next)
                if (order.Strategy == strategy) Cancel(order);
    }

    /// <summary>A live order of the strategy's own.</summary>
    public bool TryFind(ClientOrderId id, out Order order)
    {
        bool isOurs = services.Blotter.TryFind(id, out Order? found) && found.Strategy == strategy;
        order = found!;
        return isOurs;
    }

    public bool HasLive(InstrumentId instrument, OrderOrigin origin)
    {
        for (Order? order = services.Blotter.First(instrument); order is not null; order = order.Next)
            if (order.Strategy == strategy && order.Origin == origin) return true;
        return false;
    }

    // ---- what the strategy is told

    public void Refuse(ClientOrderId id, in OrderIntent intent, Refusal refusal)
    {
        RefusedCount++;
        Notify(OrderEvents.Refused(id, in intent, refusal, strategy, services.Account, context.Clock));
    }

    /// <summary>A standing want (a ladder, a target) was refused: there is no order yet that could be.</summary>
    public void Refuse(InstrumentId instrument, Refusal refusal)
    {
        OrderIntent nothing = new(instrument, Side.None, Quantity.None, Price.None);
        Refuse(ClientOrderId.None, in nothing, refusal);
    }

    public void TellNotReplaced(Order order, Price price, Quantity quantity, Refusal refusal)
    {
        RefusedCount++;
        Notify(OrderEvents.NotReplaced(order, price, quantity, refusal, services.Account, context.Clock));
    }

    public void TellNotLive(ClientOrderId id)
    {
        ReasonCode reason = id.Strategy == strategy && services.Blotter.IsOurs(id) ? ReasonCode.TooLate : ReasonCode.UnknownOrder;
        Notify(OrderEvents.NotLive(id, reason, strategy, services.Account, context.Clock));
    }

    /// <summary>Begins to deliver: what comes up meanwhile belongs to the next round.</summary>
    public void BeginDelivery() => (_notices, _delivering) = (_delivering, _notices);

    public bool TryDeliver(out OrderEvent notice) => _delivering.TryDequeue(out notice);

    public void DropNotices()
    {
        _notices.Clear();
        _delivering.Clear();
    }

    private void Notify(OrderEvent notice)
    {
        services.Publisher.Publish(ref notice);
        _notices.Enqueue(notice);
    }

    private void PublishTransition(Order order, OrderStatus from)
    {
        OrderEvent change = OrderEvents.Transition(order, from, ReasonCode.None, services.Account, context.Clock, context.Clock);
        services.Publisher.Publish(ref change);
    }
}
