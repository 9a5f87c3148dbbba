using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Execution;

/// <summary>Turns what a strategy wants into commands, and sees every one of them through the gate. What is approved is noted in the blotter on return, and the
/// command must leave in this step.</summary>
internal sealed class IntentExecutor(OrderBlotter blotter, RiskGate gate, ushort account)
{
    /// <summary>Proposes a new order.</summary>
    public Refusal Submit(ClientOrderId id, in OrderIntent intent, OrderOrigin origin, ushort strategy, Timestamp clock, out ApprovedCommand approved)
    {
        OrderCommand command = NewOrder(id, in intent, strategy, clock);
        Refusal refusal = gate.Judge(ref command, replaced: Quantity.Zero, out approved);
        if (refusal.IsNone) blotter.Add(command, origin);
        return refusal;
    }

    /// <summary>Proposes another price or quantity for a live order.</summary>
    /// <param name="quantity">The whole new quantity.</param>
    public Refusal Replace(Order order, Price price, Quantity quantity, Timestamp clock, out ApprovedCommand approved)
    {
        approved = default;
        if (order.Status is not (OrderStatus.Open or OrderStatus.PartiallyFilled)) return new Refusal(ReasonCode.NotReplaceable, (long)OrderStatus.Open, (long)order.Status);
        OrderCommand command = About(CommandKind.Replace, order, clock);
        command.Type = order.Type;
        command.TimeInForce = order.TimeInForce;
        command.Flags = order.Flags;
        command.Price = price;
        command.Quantity = quantity;
        Refusal refusal = gate.Judge(ref command, replaced: order.Leaves, out approved);
        if (refusal.IsNone) blotter.NoteReplaceSent(order, price, quantity);
        return refusal;
    }

    /// <summary>Asks the venue to end a live order.</summary>
    /// <returns>False when a cancel is on its way already.</returns>
    public bool TryCancel(Order order, Timestamp clock, out ApprovedCommand approved)
    {
        approved = default;
        if (order.Status == OrderStatus.PendingCancel) return false;
        OrderCommand command = About(CommandKind.Cancel, order, clock);
        command.Reason = ReasonCode.Requested;
        approved = gate.PassCancel(ref command);
        order.NoteCancelSent();
        return true;
    }

    private OrderCommand NewOrder(ClientOrderId id, in OrderIntent intent, ushort strategy, Timestamp clock)
    {
        OrderCommand command = Blank(CommandKind.Submit, intent.Instrument, id, strategy, clock);
        command.Side = intent.Side;
        command.Type = intent.Type;
        command.TimeInForce = intent.TimeInForce;
        command.Price = intent.Price;
        command.Quantity = intent.Quantity;
        command.UserTag = intent.UserTag;
        if (intent.PostOnly) command.Flags |= OrderFlags.PostOnly;
        return command;
    }

    private OrderCommand About(CommandKind kind, Order order, Timestamp clock)
    {
        OrderCommand command = Blank(kind, order.Instrument, order.Id, order.Strategy, clock);
        command.Side = order.Side;
        return command;
    }

    private OrderCommand Blank(CommandKind kind, InstrumentId instrument, ClientOrderId order, ushort strategy, Timestamp clock) => new()
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, source: 0, instrument, clock, clock),
        Output = new OutputHeader { Strategy = strategy, Account = account, Parent = order },
        Kind = kind,
        ClientOrderId = order,
        Price = Price.None,
        TriggerPrice = Price.None,
        TrailOffset = Price.None,
        Quantity = Quantity.None,
        DisplayQuantity = Quantity.None,
        MinimumQuantity = Quantity.None,
    };
}
