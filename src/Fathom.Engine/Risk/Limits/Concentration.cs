namespace Fathom.Engine.Risk.Limits;

/// <summary>How large a share of the gross exposure one part of it may be. Below the floor nothing is judged, or the first order of a portfolio, all of it, could never leave.</summary>
/// <param name="Share">Above zero, at most 1.</param>
/// <param name="From">Gross exposure of the whole, in the account's currency, up to which every share passes; above zero.</param>
public readonly record struct Concentration(decimal Share, decimal From);
