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

    /// <summary>What closes the strategy's positions in an emergency: while it does, no other order leaves in the instrument.</summary>
    public LiquidationKeeper Liquidations { private get; set; } = null!;

    /// <summary>Hears what becomes of exit orders without the venue; null where there are none.</summary>
    public ExitKeeper? Exits { get; set; }

    /// <summary>The strategy is to be told of something.</summary>
    public bool HasNotices => _notices.Count > 0;

    /// <returns>The refusal, which was told already, or none.</returns>
    public Refusal Submit(ClientOrderId id, in OrderIntent intent, OrderOrigin origin) =>
        Submit(services.Executor.NewOrder(id, in intent, strategy, context.Clock), origin, isChild: false);

    /// <param name="isChild">It waits at the venue for another one's fill.</param>
    /// <returns>The refusal, which was told already, or none.</returns>
    public Refusal Submit(in OrderCommand asked, OrderOrigin origin, bool isChild)
    {
        Refusal refusal = origin == OrderOrigin.Liquidation ? Refusal.None : Liquidating(asked.Header.Instrument);
        ApprovedCommand approved = default;
        if (refusal.IsNone)
        {
            while (services.Executor.FirstInTheWay(in asked, origin, isChild) is { } met) Cancel(met);
            services.Trace?.OnJudging(in asked, origin, isChild);
            refusal = services.Executor.Submit(in asked, origin, isChild, out approved);
        }
        if (!refusal.IsNone)
        {
            Refuse(in asked, refusal);
            return refusal;
        }
        bool isLive = services.Blotter.TryFind(asked.ClientOrderId, out Order? order);
        Invariant.Require(isLive, "an approved order is live");
        Post(order!, OrderStatus.None, approved);
        return refusal;
    }

    /// <summary>Sends an order that was held.</summary>
    /// <param name="quantity">What of it leaves now.</param>
    /// <returns>The refusal, which nobody was told yet, or none.</returns>
    public Refusal Release(Order order, Quantity quantity)
    {
        Refusal refusal = Liquidating(order.Instrument);
        if (!refusal.IsNone) return refusal;
        while (services.Executor.FirstInTheWay(services.Executor.Released(order, quantity, context.Clock), order.Origin) is { } met) Cancel(met);
        OrderStatus from = order.Status;
        services.Trace?.OnJudging(services.Executor.Released(order, quantity, context.Clock), order.Origin, isChild: false);
        refusal = services.Executor.Release(order, quantity, context.Clock, out ApprovedCommand approved);
        if (refusal.IsNone) Post(order, from, approved);
        return refusal;
    }

    /// <returns>The refusal, which was told already, or none.</returns>
    public Refusal Replace(Order order, Price price, Quantity quantity) =>
        Replace(order, new OrderChange { Price = price, Quantity = quantity, TriggerPrice = order.TriggerPrice, TrailOffset = order.TrailOffset });

    /// <param name="change">Whole: what stays is stated as it is.</param>
    /// <returns>The refusal, which was told already, or none.</returns>
    public Refusal Replace(Order order, in OrderChange change)
    {
        OrderStatus from = order.Status;
        Refusal refusal = Liquidating(order.Instrument);
        if (!refusal.IsNone)
        {
            TellNotReplaced(order, in change, refusal);
            return refusal;
        }
        bool isPossible = from is OrderStatus.Open or OrderStatus.PartiallyFilled && !order.IsWaiting;
        while (isPossible && services.Executor.FirstInTheWay(services.Executor.Replacement(order, in change, context.Clock), order.Origin) is { } met) Cancel(met);
        if (from is OrderStatus.Open or OrderStatus.PartiallyFilled or OrderStatus.Triggered) services.Trace?.OnJudging(services.Executor.Replacement(order, in change, context.Clock), order.Origin, isChild: false);
        refusal = services.Executor.Replace(order, in change, context.Clock, out ApprovedCommand approved);
        if (!refusal.IsNone)
        {
            TellNotReplaced(order, in change, refusal);
            return refusal;
        }
        NoteSent(order);
        services.Requests.NoteReplaceSent(order, context.Clock);
        services.Outbox.Post(approved);
        PublishTransition(order, from);
        return refusal;
    }

    /// <summary>Cancels an order that is at the venue; does nothing while a cancel of it is on its way.</summary>
    public void Cancel(Order order, ReasonCode reason = ReasonCode.Requested)
    {
        OrderStatus from = order.Status;
        if (!services.Executor.TryCancel(order, reason, context.Clock, out ApprovedCommand approved)) return;
        services.Requests.NoteCancelSent(order, context.Clock);
        services.Outbox.Post(approved);
        if (order.Status != from) PublishTransition(order, from);      // of an unknown order it says nothing new
    }

    /// <summary>Cancels all orders of the strategy that are at the venue; what the venue does not do is asked for again until it is done.</summary>
    /// <param name="keepsExits">Those that get out of positions stay.</param>
    public void CancelAll(bool keepsExits = false)
    {
        for (int index = 0; index < services.Blotter.InstrumentCount; index++) CancelAll(new InstrumentId(index), keepsExits);
    }

    /// <summary>As the other, in one instrument.</summary>
    public void CancelAll(InstrumentId instrument, bool keepsExits = false)
    {
        for (Order? order = services.Blotter.First(instrument); order is not null; order = order.Next)
        {
            if (order.Strategy != strategy || order.IsHere || (keepsExits && order.Origin == OrderOrigin.Exit)) continue;
            order.IsEndWanted = true;
            order.Inactive = Quantity.Zero;      // filled on its way to the end, it does not go on with what its parent set free
            Cancel(order);
        }
    }

    /// <summary>A live order of the strategy's own; the live rest of one that is over goes by its name too.</summary>
    public bool TryFind(ClientOrderId id, out Order order)
    {
        order = null!;
        if (id.IsNone || id.Strategy != strategy) return false;
        if (services.Blotter.TryFind(id, out Order? found))
        {
            order = found;
            return true;
        }
        for (int index = 0; index < services.Blotter.InstrumentCount; index++)
            for (Order? rest = services.Blotter.First(new InstrumentId(index)); rest is not null; rest = rest.Next)
                if (rest.Parent == id) order = rest;
        return order is not null;
    }

    public bool HasLive(InstrumentId instrument, OrderOrigin origin)
    {
        for (Order? order = services.Blotter.First(instrument); order is not null; order = order.Next)
            if (order.Strategy == strategy && order.Origin == origin) return true;
        return false;
    }

    // ---- what the strategy is told

    public void Refuse(ClientOrderId id, in OrderIntent intent, Refusal refusal) => Refuse(services.Executor.NewOrder(id, in intent, strategy, context.Clock), refusal);

    public void Refuse(in OrderCommand asked, Refusal refusal)
    {
        RefusedCount++;
        Notify(OrderEvents.Refused(in asked, in refusal, context.Clock));
    }

    /// <summary>A standing want (a ladder, a target) was refused: there is no order yet that could be.</summary>
    public void Refuse(InstrumentId instrument, Refusal refusal)
    {
        OrderIntent nothing = new(instrument, Side.None, Quantity.None, Price.None);
        Refuse(ClientOrderId.None, in nothing, refusal);
    }

    public void TellNotReplaced(Order order, in OrderChange asked, Refusal refusal)
    {
        RefusedCount++;
        Notify(OrderEvents.NotReplaced(order, in asked, refusal, services.Account, context.Clock));
    }

    /// <summary>Something happened to an order of the strategy's without the venue: it is told, and the strategy with it.</summary>
    /// <param name="refusal">With its numbers, where the order ended by one.</param>
    public void TellTransition(Order order, OrderStatus from, ReasonCode reason, Refusal refusal = default)
    {
        if (order.Status == OrderStatus.Refused) RefusedCount++;
        OrderEvent change = OrderEvents.Transition(order, from, reason, services.Account, context.Clock, context.Clock);
        (change.Limit, change.Found, change.Scope) = (refusal.Limit, refusal.Found, refusal.Scope);
        if (order.Origin == OrderOrigin.Exit) Exits?.NoteOrder(in change, isRejection: false);
        Notify(change);
    }

    /// <summary>As the other, where the strategy asked for it just now.</summary>
    public void PublishTransition(Order order, OrderStatus from)
    {
        OrderEvent change = OrderEvents.Transition(order, from, ReasonCode.None, services.Account, context.Clock, context.Clock);
        services.Publisher.Publish(ref change);
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

    private Refusal Liquidating(InstrumentId instrument) =>
        Liquidations.IsAtWork(instrument) ? new Refusal(ReasonCode.Liquidation, 0, 1, RiskScope.StrategyInstrument) : Refusal.None;

    private void Notify(OrderEvent notice)
    {
        services.Publisher.Publish(ref notice);
        _notices.Enqueue(notice);
    }

    private void Post(Order order, OrderStatus from, ApprovedCommand approved)
    {
        OrderCount++;
        services.Marks.Watch(order.Instrument, context.Clock);
        NoteSent(order);
        services.Requests.NoteSubmitted(order, context.Clock);
        services.Outbox.Post(approved);
        PublishTransition(order, from);
    }

    private void NoteSent(Order order)
    {
        services.Stage.LastEvent(order.Instrument, out _, out Timestamp lastEvent);
        services.Queue.NoteSent(order, lastEvent);
    }
}
