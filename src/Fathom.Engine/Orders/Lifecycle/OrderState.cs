using Fathom.Domain.Messages;

namespace Fathom.Engine.Orders.Lifecycle;

/// <summary>A row of the table: a status, and where it does not tell, whether the venue has seen the order.</summary>
internal readonly record struct OrderState(OrderStatus Status, bool IsHere)
{
    /// <summary>How many of <see cref="All"/> are live.</summary>
    public const int LiveCount = 10;

    /// <summary>In the order of a life; the live ones first, as the columns of the table.</summary>
    public static readonly OrderState[] All =
    [
        new(OrderStatus.Created, true), new(OrderStatus.Held, true), new(OrderStatus.Triggered, true),
        new(OrderStatus.PendingNew, false), new(OrderStatus.Open, false), new(OrderStatus.PartiallyFilled, false), new(OrderStatus.Triggered, false),
        new(OrderStatus.PendingReplace, false), new(OrderStatus.PendingCancel, false), new(OrderStatus.Unknown, false),
        new(OrderStatus.Filled, false), new(OrderStatus.Canceled, false), new(OrderStatus.CanceledAfterPartialFill, false), new(OrderStatus.Expired, false),
        new(OrderStatus.Rejected, false), new(OrderStatus.Refused, false), new(OrderStatus.Failed, false),
    ];
}
