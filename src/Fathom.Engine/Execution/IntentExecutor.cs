using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Execution;

/// <summary>Turns what a strategy wants into commands, and sees every one of them through the gate.</summary>
public sealed class IntentExecutor(OrderBlotter blotter, RiskGate gate, ushort account)
{
    /// <summary>Proposes the order. When it is approved it is in the blotter on return, and the command must leave in this step.</summary>
    public Refusal Submit(in Want want, ushort strategy, Timestamp clock, out ApprovedCommand approved)
    {
        OrderCommand command = NewOrder(want, strategy, clock);
        Refusal refusal = gate.Judge(ref command, out approved);
        if (refusal.IsNone) blotter.Add(command);
        return refusal;
    }

    /// <summary>Asks the venue to end a live order. The command must leave in this step.</summary>
    /// <returns>False when a cancel is on its way already.</returns>
    public bool TryCancel(Order order, Timestamp clock, out ApprovedCommand approved)
    {
        approved = default;
        if (order.Status == OrderStatus.PendingCancel) return false;
        OrderCommand command = CancelOf(order, clock);
        approved = gate.PassCancel(ref command);
        order.NoteCancelSent();
        return true;
    }

    private OrderCommand NewOrder(in Want want, ushort strategy, Timestamp clock)
    {
        OrderIntent intent = want.Intent;
        OrderCommand command = Blank(CommandKind.Submit, intent.Instrument, want.Order, strategy, clock);
        command.Side = intent.Side;
        command.Type = intent.Type;
        command.TimeInForce = intent.TimeInForce;
        command.Price = intent.Price;
        command.Quantity = intent.Quantity;
        command.UserTag = intent.UserTag;
        if (intent.PostOnly) command.Flags |= OrderFlags.PostOnly;
        return command;
    }

    private OrderCommand CancelOf(Order order, Timestamp clock)
    {
        OrderCommand command = Blank(CommandKind.Cancel, order.Instrument, order.Id, order.Strategy, clock);
        command.Side = order.Side;
        command.Reason = ReasonCode.Requested;
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
