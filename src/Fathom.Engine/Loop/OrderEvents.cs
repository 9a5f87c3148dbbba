using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>The words in which the engine tells what became of an order.</summary>
internal static class OrderEvents
{
    /// <summary>An order is now in its present status.</summary>
    /// <param name="reason">None: of an exit order, why it is there.</param>
    public static OrderEvent Transition(Order order, OrderStatus from, ReasonCode reason, ushort account, Timestamp eventTime, Timestamp clock) => new()
    {
        Header = Header(order.Instrument, eventTime, clock),
        Output = Output(order.Strategy, account, order.Parent),
        ClientOrderId = order.Id,
        Price = order.Price,
        TriggerPrice = order.TriggerPrice,
        Quantity = order.Quantity,
        Cumulative = order.Cumulative,
        Leaves = order.Status.IsTerminal() ? Quantity.Zero : order.Leaves,
        DecisionTime = order.DecisionTime,
        QueueAhead = order.QueueAhead,
        Side = order.Side,
        Type = order.Type,
        TimeInForce = order.TimeInForce,
        Flags = order.Flags,
        From = from,
        To = order.Status,
        Reason = reason == ReasonCode.None && order.Origin == OrderOrigin.Exit ? ExitReconciler.ReasonOf(order.UserTag) : reason,
    };

    /// <summary>The gate said no: the venue never saw it.</summary>
    public static OrderEvent Refused(in OrderCommand asked, in Refusal refusal, Timestamp clock) => new()
    {
        Header = Header(asked.Header.Instrument, clock, clock),
        Output = Output(asked.Output.Strategy, asked.Output.Account, asked.Output.Parent),
        ClientOrderId = asked.ClientOrderId,
        Price = asked.Price,
        TriggerPrice = asked.TriggerPrice,
        Quantity = asked.Quantity,
        DecisionTime = clock,
        QueueAhead = Quantity.None,
        Side = asked.Side,
        Type = asked.Type,
        TimeInForce = asked.TimeInForce,
        Flags = asked.Flags,
        To = OrderStatus.Refused,
        Reason = refusal.Reason,
        Limit = refusal.Limit,
        Found = refusal.Found,
        Scope = refusal.Scope,
    };

    /// <summary>A replacement was refused; the order stays as it is. Price, quantity and trigger are those that were asked for.</summary>
    public static OrderEvent NotReplaced(Order order, in OrderChange asked, in Refusal refusal, ushort account, Timestamp clock)
    {
        OrderEvent change = Transition(order, order.Status, refusal.Reason, account, clock, clock);
        change.Price = asked.Price;
        change.Quantity = asked.Quantity;
        change.TriggerPrice = asked.TriggerPrice;
        change.Limit = refusal.Limit;
        change.Found = refusal.Found;
        change.Scope = refusal.Scope;
        return change;
    }

    /// <summary>There is no live order of this name: no status, only the reason.</summary>
    public static OrderEvent NotLive(ClientOrderId order, ReasonCode reason, ushort strategy, ushort account, Timestamp clock) => new()
    {
        Header = Header(InstrumentId.None, clock, clock),
        Output = Output(strategy, account, order),
        ClientOrderId = order,
        Price = Price.None,
        TriggerPrice = Price.None,
        Quantity = Quantity.None,
        DecisionTime = clock,
        QueueAhead = Quantity.None,
        Reason = reason,
    };

    private static MessageHeader Header(InstrumentId instrument, Timestamp eventTime, Timestamp clock) =>
        MessageHeader.Create<OrderEvent>(MessageType.OrderEvent, source: 0, instrument, eventTime, clock);

    private static OutputHeader Output(ushort strategy, ushort account, ClientOrderId parent) =>
        new() { Strategy = strategy, Account = account, Parent = parent };
}
