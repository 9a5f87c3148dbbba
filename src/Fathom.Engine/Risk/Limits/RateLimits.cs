using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Limits;

/// <summary>How often messages of one scope may leave, and when the last ones left.</summary>
internal sealed class RateLimits
{
    private RateLimits(ScopeLimits limits)
    {
        Orders = Of(limits.OrderRateMax);
        Replaces = Of(limits.ReplaceRateMax);
        Cancels = Of(limits.CancelRateMax);
    }

    /// <summary>Orders and replacements; each of the three is null where it is not limited.</summary>
    public RecentOrders? Orders { get; }

    public RecentOrders? Replaces { get; }

    public RecentOrders? Cancels { get; }

    /// <summary>Null where no rate is stated.</summary>
    public static RateLimits? Of(ScopeLimits limits) =>
        limits.OrderRateMax is null && limits.ReplaceRateMax is null && limits.CancelRateMax is null ? null : new RateLimits(limits);

    /// <summary>One message leaves.</summary>
    public void Note(CommandKind kind, Timestamp clock)
    {
        if (kind == CommandKind.Cancel)
        {
            Cancels?.Note(clock);
            return;
        }
        Orders?.Note(clock);
        if (kind == CommandKind.Replace) Replaces?.Note(clock);
    }

    private static RecentOrders? Of(OrderRate? rate) => rate is { } stated ? new RecentOrders(stated) : null;
}
