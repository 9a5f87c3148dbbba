using Fathom.Domain.Messages;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>What a venue says, as text: all fields of each kind of message, so that two of them are compared whole and a difference can be read.</summary>
internal static class SaidText
{
    public static bool IsSaid(MessageType type) =>
        type is MessageType.OrderReport or MessageType.VenueOrder or MessageType.VenuePosition or MessageType.VenueAnswer or MessageType.ExecutionChanged;

    public static string Of(ReadOnlySpan<byte> message) => Messages.Header(message).Type switch
    {
        MessageType.OrderReport => Of(in Messages.As<OrderReport>(message)),
        MessageType.VenueOrder => Of(in Messages.As<VenueOrder>(message)),
        MessageType.VenuePosition => Of(in Messages.As<VenuePosition>(message)),
        MessageType.VenueAnswer => Of(in Messages.As<VenueAnswer>(message)),
        MessageType.ExecutionChanged => Of(in Messages.As<ExecutionChanged>(message)),
        MessageType other => $"{other}",
    };

    public static string Of(in OrderReport report) =>
        $"{report.Sequence} {report.Kind} {report.Reason} #{report.ClientOrderId.Sequence} v{report.VenueOrderId} x{report.ExecutionId} {report.Side} " +
        $"{report.PositionSide} {report.LastQuantity}@{report.LastPrice} cum {report.Cumulative} leaves {report.Leaves} fee {report.FeeNanos} {report.Liquidity} ahead {report.QueueAhead} " +
        Of(in report.Header);

    private static string Of(in VenueOrder order) =>
        $"has {order.Sequence} for {order.Request} {order.Status} {order.Reason} #{order.ClientOrderId.Sequence} v{order.VenueOrderId} {order.Side} {order.Type} {order.TimeInForce} " +
        $"{order.Flags} {order.TriggerSource} {order.PositionSide} {order.Quantity}@{order.Price} trigger {order.TriggerPrice} trail {order.TrailOffset} cum {order.Cumulative} " +
        $"leaves {order.Leaves} until {order.ExpireTime.Nanos} {Of(in order.Header)}";

    private static string Of(in VenuePosition position) =>
        $"holds for {position.Request} {position.Quantity}@{position.AveragePrice} {position.PositionSide} {Of(in position.Header)}";

    private static string Of(in VenueAnswer answer) =>
        $"answers {answer.Sequence} for {answer.Request} {answer.Kind} {answer.Reason} {answer.Executions} {answer.Orders} {answer.Positions} {Of(in answer.Header)}";

    private static string Of(in ExecutionChanged change) =>
        $"{change.Sequence} changed #{change.ClientOrderId.Sequence} v{change.VenueOrderId} x{change.ExecutionId} was x{change.Original} {change.Side} {change.Liquidity} {change.PositionSide} " +
        $"{change.OldQuantity}@{change.OldPrice} fee {change.OldFeeNanos} to {change.NewQuantity}@{change.NewPrice} fee {change.NewFeeNanos} {Of(in change.Header)}";

    private static string Of(in MessageHeader header) => $"at {header.EventTime.Nanos} due {header.ReceiveTime.Nanos} {header.Instrument} {header.Source} {header.Words} {header.Type}";
}
