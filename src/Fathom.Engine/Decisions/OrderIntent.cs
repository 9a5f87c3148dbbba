using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>An order that a strategy wants: a limit order good till canceled, unless it says otherwise.</summary>
/// <param name="Quantity">Above zero and a multiple of the instrument's lot.</param>
/// <param name="Price">A multiple of the instrument's tick; None for a market order.</param>
public readonly record struct OrderIntent(InstrumentId Instrument, Side Side, Quantity Quantity, Price Price)
{
    public OrderType Type { get; init; } = OrderType.Limit;
    public TimeInForce TimeInForce { get; init; } = TimeInForce.GoodTillCancel;

    /// <summary>The venue rejects it instead of letting it take liquidity.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Any number of the strategy's own; it goes with the order's command and comes back in nothing else.</summary>
    public ulong UserTag { get; init; }
}
