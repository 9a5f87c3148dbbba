namespace Fathom.Host.FeatureTables.Stability;

/// <summary>What is to be known of one column of one instrument before it is trusted.</summary>
internal sealed record ColumnStability
{
    /// <summary>Lags of <see cref="Autocorrelations"/>: 1 to this.</summary>
    public const int LagsMax = 20;

    /// <summary>Shares of <see cref="Quantiles"/>.</summary>
    public static IReadOnlyList<double> QuantileShares { get; } = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

    public required string Name { get; init; }

    public required long Known { get; init; }

    /// <summary>Part of the rows in which it is not known.</summary>
    public required double MissingShare { get; init; }

    /// <summary>It never changes.</summary>
    public required bool IsConstant { get; init; }

    public required double Mean { get; init; }

    /// <summary>With n − 1; NaN under two values.</summary>
    public required double Deviation { get; init; }

    public required IReadOnlyList<double> Quantiles { get; init; }

    /// <summary>Kolmogorov–Smirnov distance of the first half of the rows and the second, and its probability.</summary>
    public required double DriftDistance { get; init; }

    public required double DriftProbability { get; init; }

    /// <summary>Population stability index of the second half by the deciles of the first.</summary>
    public required double StabilityIndex { get; init; }

    /// <summary>At lags 1, 2, … rows.</summary>
    public required IReadOnlyList<double> Autocorrelations { get; init; }
}
