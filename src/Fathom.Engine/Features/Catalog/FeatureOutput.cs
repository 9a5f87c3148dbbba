namespace Fathom.Engine.Features.Catalog;

/// <summary>A number that a feature gives.</summary>
/// <param name="Name">In small letters with underscores; empty where it is the only one.</param>
/// <param name="Unit">"price", "quantity", "1", "1/s", "bps", …</param>
/// <param name="Range">In words: "0 to 100", "above 0", "any".</param>
public sealed record FeatureOutput(string Name, string Unit, string Range)
{
    /// <summary>It is never below.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>It is never above.</summary>
    public double Max { get; init; } = double.PositiveInfinity;
}
