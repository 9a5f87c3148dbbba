using Fathom.Domain.Values;
using Fathom.Market.Books.Bars;

namespace Fathom.Host.FeatureTables;

/// <summary>When rows of a feature table are taken, and what is told of the time after them.</summary>
public sealed record FeatureTableOptions
{
    public required FeatureRows Rows { get; init; }

    /// <summary>As it is written: "bars.1m", "events", "1s"; empty where nobody said.</summary>
    public required string RowsText { get; init; }

    /// <summary>For <see cref="FeatureRows.Bars"/>.</summary>
    public BarSpec Bars { get; init; }

    /// <summary>For <see cref="FeatureRows.Grid"/>.</summary>
    public Duration Interval { get; init; }

    public IReadOnlyList<FeatureLabel> Labels { get; init; } = [];
}
