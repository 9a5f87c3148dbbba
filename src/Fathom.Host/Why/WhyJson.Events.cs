using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Replays;

namespace Fathom.Host.Why;

/// <summary>What was published.</summary>
internal sealed partial class WhyJson
{
    /// <summary>Those that tell of orders with their names in words; others with all their fields as they are.</summary>
    private void WriteEvent(byte[] message)
    {
        switch (Messages.Header(message).Type)
        {
            case MessageType.OrderCommand: WriteCommand(in Messages.As<OrderCommand>(message)); break;
            case MessageType.OrderEvent: WriteChange(in Messages.As<OrderEvent>(message)); break;
            case MessageType.FillEvent: WriteFill(in Messages.As<FillEvent>(message)); break;
            case MessageType.AdjustmentEvent: WriteAdjustment(in Messages.As<AdjustmentEvent>(message)); break;
            default:
                foreach ((string field, string value) in MessageFields.Of(message)) WriteText(field == "message" ? "event" : field, value);
                break;
        }
    }

    private void WriteSubject(string kind, in MessageHeader header, in OutputHeader output, ClientOrderId order)
    {
        _json.WriteString("event", kind);
        WriteTime("time", header.ReceiveTime);
        WriteTime("venue_time", header.EventTime);
        _json.WriteNumber("input", output.Cause);
        _json.WriteString("strategy", OwnerOf(output.Strategy));
        WriteText("symbol", SymbolOf(header.Instrument));
        WriteText("client_order_id", order.ToString());
    }

    private void WriteCommand(in OrderCommand command)
    {
        WriteSubject("command", in command.Header, in command.Output, command.ClientOrderId);
        _json.WriteNumber("approval", command.Approval);
        _json.WriteString("command", Words.Of(command.Kind));
        WriteText("side", Words.Of(command.Side));
        WriteText("type", Words.Of(command.Type));
        WriteText("time_in_force", Words.Of(command.TimeInForce));
        WritePrice("price", command.Price);
        WritePrice("trigger_price", command.TriggerPrice);
        WriteQuantity("quantity", command.Quantity);
        _json.WriteBoolean("post_only", command.IsPostOnly);
        _json.WriteBoolean("reduce_only", command.IsReduceOnly);
        WriteText("reason", Words.Of(command.Reason));
    }

    private void WriteChange(in OrderEvent change)
    {
        WriteSubject("order", in change.Header, in change.Output, change.ClientOrderId);
        WriteText("from", Words.Of(change.From));
        WriteText("to", Words.Of(change.To));
        WriteNo(change.Reason, change.Limit, change.Found, change.Scope);
        WriteText("side", Words.Of(change.Side));
        WritePrice("price", change.Price);
        WritePrice("trigger_price", change.TriggerPrice);
        WriteQuantity("quantity", change.Quantity);
        WriteQuantity("cumulative", change.Cumulative);
        WriteQuantity("leaves", change.Leaves);
        WriteQuantity("queue_ahead", change.QueueAhead);
    }

    private void WriteFill(in FillEvent fill)
    {
        WriteSubject("fill", in fill.Header, in fill.Output, fill.ClientOrderId);
        _json.WriteString("execution_id", fill.ExecutionId.ToString());
        _json.WriteString("side", Words.Of(fill.Side));
        WritePrice("price", fill.Price);
        WriteQuantity("quantity", fill.Quantity);
        WriteText("liquidity", Words.Of(fill.Liquidity));
        WriteQuantity("fee", new Quantity(fill.FeeNanos));
        WriteText("currency", fill.Currency.ToString());
        WriteQuantity("position", fill.Position);
    }

    private void WriteAdjustment(in AdjustmentEvent adjustment)
    {
        WriteSubject("adjustment", in adjustment.Header, in adjustment.Output, adjustment.ClientOrderId);
        WriteText("want", Words.Of(adjustment.Want));
        WriteText("side", Words.Of(adjustment.Side));
        WriteText("state", Words.Of(adjustment.State));
        WriteQuantity("asked", adjustment.Asked);
        WriteQuantity("granted", adjustment.Granted);
        WritePrice("asked_price", adjustment.AskedPrice);
        WritePrice("granted_price", adjustment.GrantedPrice);
        WriteNo(adjustment.Reason, adjustment.Limit, adjustment.Found, adjustment.Scope);
    }

    /// <summary>Why not, or not all of it.</summary>
    private void WriteNo(ReasonCode reason, long limit, long found, RiskScope scope)
    {
        WriteText("reason", Words.Of(reason));
        (string limitText, string foundText) = GateReading.Numbers(reason, limit, found);
        WriteText("limit", limitText);
        WriteText("found", foundText);
        WriteText("scope", Words.Of(scope));
    }
}
