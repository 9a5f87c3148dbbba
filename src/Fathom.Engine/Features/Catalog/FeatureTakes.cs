namespace Fathom.Engine.Features.Catalog;

/// <summary>What a feature is computed from.</summary>
public enum FeatureTakes : byte
{
    /// <summary>A series of numbers (<see cref="ValueFeature"/>).</summary>
    Values,
    /// <summary>Two series of numbers (<see cref="PairFeature"/>).</summary>
    Pairs,
    /// <summary>Bars (<see cref="BarFeature"/>).</summary>
    Bars,
    /// <summary>The order book or trades (<see cref="TapeFeature"/>).</summary>
    Tape,
}
