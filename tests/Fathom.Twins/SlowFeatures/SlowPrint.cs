namespace Fathom.Twins.SlowFeatures;

/// <summary>A public trade.</summary>
/// <param name="Sign">1: a buyer took, −1: a seller did, 0: the venue does not say.</param>
/// <param name="Mid">Of the last sound book before it; null without one.</param>
public sealed record SlowPrint(decimal Price, decimal Quantity, int Sign, decimal? Mid);
