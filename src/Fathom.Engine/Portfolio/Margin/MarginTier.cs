namespace Fathom.Engine.Portfolio.Margin;

/// <summary>The rate of maintenance margin for the part of a position's notional from here to the next tier.</summary>
/// <param name="NotionalFrom">In the instrument's currency, for one position; the first is zero.</param>
/// <param name="MaintenanceBps">In 1/10,000 of that part; at most five decimals.</param>
public readonly record struct MarginTier(decimal NotionalFrom, decimal MaintenanceBps);
