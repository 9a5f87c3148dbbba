using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>An order that a strategy wants: a limit order good till canceled, unless it says otherwise.</summary>
/// <param name="Quantity">Above zero and a multiple of the instrument's lot.</param>
/// <param name="Price">A multiple of the instrument's tick; None for an order that takes any price: market, stop and trailing.</param>
public readonly record struct OrderIntent(InstrumentId Instrument, Side Side, Quantity Quantity, Price Price)
{
    public OrderType Type { get; init; } = OrderType.Limit;
    public TimeInForce TimeInForce { get; init; } = TimeInForce.GoodTillCancel;

    /// <summary>The venue rejects it instead of letting it take liquidity.</summary>
    public bool PostOnly { get; init; }

    /// <summary>It only ever makes the strategy's own position smaller: refused without one to reduce, and cut to it.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Of a stop or stop-limit: a buy waits for this price or more, a sell for this or less. Of a trailing stop: its first trigger, which may be left out. Not zero.</summary>
    public Price TriggerPrice { get; init; } = Price.None;

    /// <summary>Which price meets the trigger: <see cref="TriggerSource.Last"/> or <see cref="TriggerSource.BidAsk"/>.</summary>
    public TriggerSource TriggerSource { get; init; } = TriggerSource.Last;

    /// <summary>Of a trailing stop: how far its trigger stays from the best price so far, above zero and a multiple of the tick.</summary>
    public Price TrailOffset { get; init; } = Price.None;

    /// <summary>Of an order good till a date: when it ends.</summary>
    public Timestamp ExpireTime { get; init; } = Timestamp.None;

    /// <summary>Any number of the strategy's own; it goes with the order's command and comes back in nothing else.</summary>
    public ulong UserTag { get; init; }
}
