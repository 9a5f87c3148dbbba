namespace Fathom.Host.FeatureTables;

/// <summary>When a row of a feature table is taken.</summary>
public enum FeatureRows : byte
{
    /// <summary>Nobody said.</summary>
    None,
    /// <summary>At the close of each bar.</summary>
    Bars,
    /// <summary>After each complete venue event.</summary>
    Events,
    /// <summary>At whole multiples of an interval since 1970 in UTC, while a trading session is open.</summary>
    Grid,
}
