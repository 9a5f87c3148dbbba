using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>How the volatility of a mid is measured.</summary>
public sealed record VolatilityOptions
{
    /// <summary>Most samples in a window.</summary>
    public const int SamplesMax = 3_600;

    /// <summary>How far back returns count.</summary>
    public Duration Window { get; init; } = Duration.FromMilliseconds(60_000);

    /// <summary>The time between two looks at the mid: at multiples of it since 1970.</summary>
    public Duration Sample { get; init; } = Duration.FromMilliseconds(1_000);

    /// <summary>After so long a return counts half in what is usual.</summary>
    public Duration UsualHalfLife { get; init; } = Duration.FromMilliseconds(3_600_000);

    /// <summary>Samples in a window.</summary>
    internal int Samples => (int)(Window.Nanos / Sample.Nanos);

    /// <summary>A sentence; null where all is well.</summary>
    public string? WhatIsWrong()
    {
        if (Sample <= Duration.Zero || UsualHalfLife <= Duration.Zero) return "The sample and the half-life are above zero.";
        bool isWhole = Window.Nanos % Sample.Nanos == 0 && Window.Nanos / Sample.Nanos is >= 2 and <= SamplesMax;
        return isWhole ? null : $"The window is 2 to {SamplesMax} whole samples.";
    }

    /// <exception cref="ArgumentException">The options make no sense.</exception>
    internal void Require()
    {
        if (WhatIsWrong() is { } wrong) throw new ArgumentException(wrong);
    }
}
