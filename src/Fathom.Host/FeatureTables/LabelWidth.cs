namespace Fathom.Host.FeatureTables;

/// <summary>What a feature says that barriers are multiples of, by its unit.</summary>
internal enum LabelWidth : byte
{
    /// <summary>A part of the mid, as volatilities of log returns are.</summary>
    Fraction,
    Bps,
    Price,
}
