using Fathom.Domain.Messages;

namespace Fathom.Engine.Orders.Lifecycle;

/// <summary>One cell of the table: the next status, a rule that finds it from what is known of the order, or the reason why the input is illegal. One byte; 0 = not declared.</summary>
internal readonly record struct LifecycleCell(byte Code)
{
    private const byte FirstRule = 32, FirstReason = 64;

    public bool IsStatus => Code is > 0 and < FirstRule;
    public bool IsRule => Code is >= FirstRule and < FirstReason;
    public bool IsIllegal => Code >= FirstReason;

    public OrderStatus Status => (OrderStatus)Code;
    public LifecycleRule Rule => (LifecycleRule)(Code - FirstRule);
    public IllegalReason Reason => (IllegalReason)(Code - FirstReason);

    public static implicit operator LifecycleCell(OrderStatus status) => new((byte)status);
    public static implicit operator LifecycleCell(LifecycleRule rule) => new((byte)(FirstRule + (byte)rule));
    public static implicit operator LifecycleCell(IllegalReason reason) => new((byte)(FirstReason + (byte)reason));
}
