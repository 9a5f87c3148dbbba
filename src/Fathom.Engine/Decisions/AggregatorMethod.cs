namespace Fathom.Engine.Decisions;

/// <summary>How an aggregator makes one position of several signals. What no member has signalled, or has withdrawn, is left out of all of it.</summary>
public enum AggregatorMethod : byte
{
    /// <summary>The first member whose signal is not flat and whose confidence is not below the threshold decides: side × size. None: flat.</summary>
    Priority = 0,
    /// <summary>A vote: the score is Σ weight × confidence × sign ÷ Σ weight, a flat signal having no sign. Where its size is not below the threshold the sign decides the side, and the mean
    /// size of that side's signals, each weighted by weight × confidence, the size. Otherwise, and in a tie: flat.</summary>
    Vote = 1,
    /// <summary>The sum Σ weight × sign × size. Confidence does not count.</summary>
    Net = 2,
}
