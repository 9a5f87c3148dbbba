namespace Fathom.Host.Verify;

/// <summary>What a made series is like.</summary>
public enum SampleKind : byte
{
    /// <summary>A random walk in ticks, a step each second.</summary>
    Walk,
    /// <summary>Irregular times, several samples at one of them, long gaps, and sessions that open.</summary>
    Gappy,
    /// <summary>Nothing moves.</summary>
    Constant,
    /// <summary>A walk beside 1e9, where a careless sum of squares has no digit left.</summary>
    Offset,
    /// <summary>A quarter of the samples is missing: NaN, infinite, a book that is stale, crossed or without a side.</summary>
    Missing,
    /// <summary>A walk about zero, with zeros; of prices that have to be above zero it is a walk near zero.</summary>
    NearZero,
}
