using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics;

/// <summary>What an analysis is told beforehand, and its bounds.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Of the account; its equity is shown first.</summary>
    public required CurrencyCode Currency { get; init; }

    /// <summary>Names by strategy number.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>Gives an instrument's terms in force; null where there is no such instrument. Asked at fills and at the end.</summary>
    public required Func<InstrumentId, InstrumentDefinition?> Instrument { get; init; }

    /// <summary>Times after a fill at which it is marked out; above zero, ascending.</summary>
    public IReadOnlyList<Duration> Horizons { get; init; } =
        [Duration.FromMilliseconds(100), Duration.FromMilliseconds(1_000), Duration.FromMilliseconds(10_000), Duration.FromMilliseconds(60_000)];

    /// <summary>Points of each series, at least 6.</summary>
    public int SeriesPointsMax { get; init; } = 20_000;

    /// <summary>Fills of each side that are drawn on an instrument's prices.</summary>
    public int FillMarksMax { get; init; } = 5_000;

    /// <summary>First fills and first orders that are listed.</summary>
    public int TableRowsMax { get; init; } = 5_000;

    /// <summary>Values of a distribution up to which it is exact; from there on so many are drawn.</summary>
    public int SampleMax { get; init; } = 100_000;

    /// <summary>Points of each curve that a strategy plots, at least 6. A strategy may have dozens of them.</summary>
    public int PlotPointsMax { get; init; } = 5_000;

    /// <summary>Annotations that are shown.</summary>
    public int AnnotationsMax { get; init; } = 2_000;

    /// <summary>Times in a state worse than normal that are drawn, at least 2.</summary>
    public int RiskBandsMax { get; init; } = 2_000;

    /// <summary>Newest log records that are shown.</summary>
    public int LogRecordsMax { get; init; } = 500;
}
