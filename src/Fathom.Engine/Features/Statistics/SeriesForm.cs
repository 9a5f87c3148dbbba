namespace Fathom.Engine.Features.Statistics;

/// <summary>What of a series of values a statistic is about.</summary>
public enum SeriesForm : byte
{
    /// <summary>The log returns of successive values; a value of zero or less is passed over.</summary>
    Returns,
    /// <summary>The values themselves.</summary>
    Levels,
}
