namespace Fathom.Domain.Messages;

/// <summary>By what a <see cref="PositionState"/> is judged. Each is a ratio.</summary>
public enum RiskMeasure : byte
{
    None = 0,
    /// <summary>Position without sign / its limit.</summary>
    Position = 1,
    /// <summary>Maintenance margin / equity: 1 is liquidation by the venue.</summary>
    Margin = 2,
    /// <summary>Fall of equity from its peak / the peak.</summary>
    Drawdown = 3,
    /// <summary>Volatility of late / its usual one.</summary>
    Volatility = 4,
    /// <summary>Fall of equity from its highest since the UTC day began / that.</summary>
    DayDrawdown = 5,
}
