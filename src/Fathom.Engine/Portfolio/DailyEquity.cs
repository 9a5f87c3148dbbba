namespace Fathom.Engine.Portfolio;

/// <summary>Equity at the end of one UTC day.</summary>
/// <param name="Day">Days since 1970-01-01.</param>
public readonly record struct DailyEquity(int Day, decimal Equity);
