using Fathom.Domain.Values;

namespace Fathom.Host.FeatureTables;

/// <summary>What is told of the time after a row: (row's time, row's time + horizon].</summary>
/// <param name="Column">Name of its first column, with the prefix.</param>
/// <param name="Up">Distance of the upper barrier from the mid: basis points, or multiples of <paramref name="WidthColumn"/>.</param>
/// <param name="Down">Of the lower one, above zero.</param>
/// <param name="WidthColumn">Name of a feature's column; empty: basis points.</param>
public sealed record FeatureLabel(FeatureLabelKind Kind, string Column, Duration Horizon, double Up = double.NaN, double Down = double.NaN, string WidthColumn = "")
{
    /// <summary>Before every label's column, so that nobody takes one for a feature.</summary>
    public const string Prefix = "label.";

    /// <summary>Of the column that says when a barrier was met.</summary>
    public const string TimeSuffix = ".time";

    public bool HasTime => Kind == FeatureLabelKind.TripleBarrier;
}
