using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Engine.Execution.Exits;

/// <summary>When the engine closes a strategy's positions for it, each instrument's apart. What is not stated is not done.</summary>
public sealed record ExitOptions
{
    /// <summary>From the average price, on the losing side.</summary>
    public PriceDistance StopLoss { get; init; }

    /// <summary>From the average price, on the winning side.</summary>
    public PriceDistance TakeProfit { get; init; }

    /// <summary>From the best price since the position was protected; basis points are of the average price at which it was opened.</summary>
    public PriceDistance Trailing { get; init; }

    /// <summary>How long a position is held, from the execution that opened it; zero for ever.</summary>
    public Duration TimeStop { get; init; }

    /// <summary>Which price meets a stop: the last trade, or the best price that it would take.</summary>
    public TriggerSource TriggerSource { get; init; } = TriggerSource.Last;

    /// <summary>Something is stated.</summary>
    public bool IsAny => HasStop || !TakeProfit.IsNone || TimeStop > Duration.Zero;

    internal bool HasStop => !StopLoss.IsNone || !Trailing.IsNone;
}
