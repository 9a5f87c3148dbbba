using Fathom.Domain.Values;

namespace Fathom.Analytics.Orders;

/// <summary>How much of what a strategy sent was filled. Orders that our own gate refused were not sent.</summary>
/// <param name="Strategy">Its number.</param>
/// <param name="SentOrders">Orders sent; a replacement is none.</param>
/// <param name="FilledOrders">Those of them that were filled in full.</param>
/// <param name="SentQuantity">What the sent orders asked for, with confirmed replacements.</param>
/// <param name="FilledQuantity">All executions, also of orders that were filled in part.</param>
public sealed record FillRate(ushort Strategy, long SentOrders, long FilledOrders, Volume SentQuantity, Volume FilledQuantity)
{
    /// <summary>Filled per sent order; NaN when none was sent.</summary>
    public double OfOrders => (double)FilledOrders / SentOrders;

    /// <summary>Filled per sent quantity; NaN when none was sent.</summary>
    public double OfQuantity => FilledQuantity.ToDouble() / SentQuantity.ToDouble();
}
