using Fathom.Domain.Values;

namespace Fathom.Analytics.Reports;

/// <summary>What a report says beside the analysis.</summary>
public sealed record ReportFacts
{
    public required string Title { get; init; }

    /// <summary>First and last moment of the run.</summary>
    public required Timestamp First { get; init; }

    /// <inheritdoc cref="First"/>
    public required Timestamp Last { get; init; }

    /// <summary>The run's <c>summary.json</c>: one JSON object.</summary>
    public required string SummaryJson { get; init; }

    /// <summary>Latency, fees, models, instruments without a definition.</summary>
    public IReadOnlyList<ReportFact> Assumptions { get; init; } = [];

    /// <summary>Of the data and of the orders.</summary>
    public IReadOnlyList<ReportFact> Anomalies { get; init; } = [];

    public IReadOnlyList<ReportFailure> Failures { get; init; } = [];

    /// <summary>Files of the run's folder that have what the tables leave out.</summary>
    public string FillsFile { get; init; } = "fills.csv";

    /// <inheritdoc cref="FillsFile"/>
    public string OrdersFile { get; init; } = "orders.csv";

    /// <summary>As <see cref="FillsFile"/>, for the equity; null when there is none.</summary>
    public string? EquityFile { get; init; }

    /// <summary>As <see cref="FillsFile"/>, for what strategies wrote.</summary>
    public string PlotsFile { get; init; } = "plots.csv";

    /// <inheritdoc cref="PlotsFile"/>
    public string AnnotationsFile { get; init; } = "annotations.csv";

    /// <inheritdoc cref="PlotsFile"/>
    public string LogFile { get; init; } = "log.jsonl";

    /// <summary>As <see cref="FillsFile"/>, for what risk did.</summary>
    public string RiskFile { get; init; } = "risk.csv";
}
