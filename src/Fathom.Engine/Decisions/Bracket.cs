using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>An entry with the orders that get out again: a stop-loss, a take-profit, or both. The exits are reduce-only, on the other side, for what the entry has filled; where
/// both are there, what one fills is taken off the other.</summary>
/// <param name="Entry">As by itself.</param>
public readonly record struct Bracket(OrderIntent Entry)
{
    /// <summary>Trigger of the stop-loss; the first one where it trails, and then it may be left out.</summary>
    public Price StopTrigger { get; init; } = Price.None;

    /// <summary>Worst price of the stop-loss; None takes any.</summary>
    public Price StopLimit { get; init; } = Price.None;

    /// <summary>Makes the stop-loss a trailing stop.</summary>
    public Price TrailOffset { get; init; } = Price.None;

    /// <summary>Which price meets the stop-loss's trigger.</summary>
    public TriggerSource TriggerSource { get; init; } = TriggerSource.Last;

    /// <summary>Price of the take-profit, a limit order; None for none.</summary>
    public Price TakeProfit { get; init; } = Price.None;

    internal bool HasStopLoss => !StopTrigger.IsNone || !TrailOffset.IsNone;

    internal bool HasTakeProfit => !TakeProfit.IsNone;

    internal OrderIntent StopLossIntent => Exit(TrailOffset.IsNone ? StopLimit : Price.None) with
    {
        Type = !TrailOffset.IsNone ? OrderType.Trailing : StopLimit.IsNone ? OrderType.Stop : OrderType.StopLimit,
        TriggerPrice = StopTrigger,
        TriggerSource = TriggerSource,
        TrailOffset = TrailOffset,
    };

    internal OrderIntent TakeProfitIntent => Exit(TakeProfit);

    private OrderIntent Exit(Price price) => new(Entry.Instrument, Entry.Side.Opposite(), Entry.Quantity, price) { ReduceOnly = true, UserTag = Entry.UserTag };
}
