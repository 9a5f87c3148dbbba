using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Torture;

/// <summary>Messages between engine and venue in a few words. Orders are numbered in the order in which they are first spoken of.</summary>
internal sealed class MessageWords
{
    /// <summary>So begins what is said of a whole snapshot.</summary>
    public const string Whole = "all that there is: ";

    private readonly Dictionary<ClientOrderId, int> _numbers = [];
    private readonly Dictionary<ulong, int> _external = [];

    /// <summary>"#1"; of an order that is not ours "other #1".</summary>
    public string NameOf(ClientOrderId order, ulong venueOrder = 0)
    {
        if (order.IsNone) return $"other #{Number(_external, venueOrder)}";
        return $"#{Number(_numbers, order)}";
    }

    /// <summary>What the message says; empty for one that is not between engine and venue.</summary>
    public string Of(ReadOnlySpan<byte> message) => Messages.Header(message).Type switch
    {
        MessageType.OrderCommand => Of(in Messages.As<OrderCommand>(message)),
        MessageType.OrderReport => Of(in Messages.As<OrderReport>(message)),
        MessageType.VenueOrder => Of(in Messages.As<VenueOrder>(message)),
        MessageType.VenuePosition => $"position {Messages.As<VenuePosition>(message).Quantity}",
        MessageType.VenueAnswer => Of(in Messages.As<VenueAnswer>(message)),
        MessageType.VenueConnection => Messages.As<VenueConnection>(message).IsConnected ? "connected" : "disconnected",
        MessageType.ExecutionChanged => Of(in Messages.As<ExecutionChanged>(message)),
        MessageType.OperatorCommand => Words.Of(Messages.As<OperatorCommand>(message).Action),
        _ => "",
    };

    public static string Spoken<T>(T value) where T : struct, Enum => Words.Of(value).Replace('_', ' ');

    private string Of(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Snapshot) return "what do you have of ours?";
        string name = NameOf(command.ClientOrderId, command.VenueOrderId);
        return command.Kind switch
        {
            CommandKind.Submit => $"{name} {Terms(command)}",
            CommandKind.Replace => $"replace {name}: {command.Quantity} @ {command.Price}",
            CommandKind.Query => $"how is {name}?",
            _ => $"cancel {name}",
        };
    }

    private static string Terms(in OrderCommand command)
    {
        string side = Words.Of(command.Side), price = command.Price.IsNone ? "" : $" @ {command.Price}";
        string type = command.Type == OrderType.Limit ? "" : $" {Spoken(command.Type)}";
        string trigger = command.TriggerPrice.IsNone || !command.Type.HasTrigger() ? "" : $" at {command.TriggerPrice}";
        string time = command.TimeInForce switch
        {
            TimeInForce.ImmediateOrCancel => " IOC",
            TimeInForce.FillOrKill => " FOK",
            _ => "",
        };
        return $"{side} {command.Quantity}{price}{type}{trigger}{time}";
    }

    private string Of(in OrderReport report)
    {
        string name = NameOf(report.ClientOrderId, report.VenueOrderId);
        string reason = report.Reason == ReasonCode.None ? "" : $" ({Spoken(report.Reason)})";
        return report.Kind == ReportKind.Filled ? $"{name} filled {report.LastQuantity} @ {report.LastPrice}" : $"{name} {Spoken(report.Kind)}{reason}";
    }

    private string Of(in VenueOrder order)
    {
        string name = NameOf(order.ClientOrderId, order.VenueOrderId);
        return order.Status == OrderStatus.None ? $"{name}: no such order" : $"{name} is {Spoken(order.Status)}, {order.Cumulative} of {order.Quantity} done";
    }

    private static string Of(in VenueAnswer answer) => answer.Kind switch
    {
        VenueAnswerKind.SnapshotBegins => "",
        VenueAnswerKind.SnapshotEnds => $"{Whole}{Counted(answer.Executions, "execution")}, {Counted(answer.Orders, "order")}, {Counted(answer.Positions, "position")}",
        _ => $"no answer ({Spoken(answer.Reason)})",
    };

    private string Of(in ExecutionChanged change)
    {
        string name = NameOf(change.ClientOrderId, change.VenueOrderId);
        return change.NewQuantity.IsZero ? $"{name}: fill of {change.OldQuantity} taken back" : $"{name}: fill is {change.NewQuantity} @ {change.NewPrice}";
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static int Number<T>(Dictionary<T, int> numbers, T key) where T : notnull
    {
        if (!numbers.TryGetValue(key, out int number)) numbers[key] = number = numbers.Count + 1;
        return number;
    }
}
