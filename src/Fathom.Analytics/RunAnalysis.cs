using Fathom.Analytics.Fills;
using Fathom.Analytics.Notes;
using Fathom.Analytics.Orders;
using Fathom.Analytics.PostTrade;
using Fathom.Analytics.Profit;
using Fathom.Analytics.Risk;
using Fathom.Analytics.Series;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics;

/// <summary>What a run was worth. Lists are in the order of strategies, then instruments; orders that are not ours come last.</summary>
public sealed record RunAnalysis
{
    /// <summary>Stands for orders that are not ours.</summary>
    public const ushort ExternalStrategy = ushort.MaxValue;

    public required AnalysisOptions Options { get; init; }

    /// <summary>By currency, the account's first.</summary>
    public required IReadOnlyList<EquityHistory> Equity { get; init; }

    /// <summary>Positions that traded.</summary>
    public required IReadOnlyList<InventoryHistory> Inventory { get; init; }

    /// <summary>Instruments that traded.</summary>
    public required IReadOnlyList<PriceHistory> Prices { get; init; }

    /// <summary>Positions that traded.</summary>
    public required IReadOnlyList<ProfitSplit> Profits { get; init; }

    public required IReadOnlyList<MarkoutMean> Markouts { get; init; }

    /// <summary>By strategy and instrument that had orders.</summary>
    public required IReadOnlyList<StrategySlippage> Slippage { get; init; }

    public required RiskHistory Risk { get; init; }

    /// <summary>Every strategy of ours.</summary>
    public required IReadOnlyList<StrategyOrders> Strategies { get; init; }

    /// <summary>The first fills.</summary>
    public required IReadOnlyList<MarkedFill> Fills { get; init; }

    /// <summary>How many there were.</summary>
    public required long FillCount { get; init; }

    /// <summary>The first orders, refused ones included.</summary>
    public required IReadOnlyList<OrderRecord> Orders { get; init; }

    /// <summary>How many there were.</summary>
    public required long OrderCount { get; init; }

    /// <summary>Curves that strategies plotted.</summary>
    public required IReadOnlyList<PlotHistory> Plots { get; init; }

    /// <summary>Evenly fewer where there were too many, oldest first.</summary>
    public required IReadOnlyList<AnnotationMark> Annotations { get; init; }

    /// <summary>How many there were.</summary>
    public required long AnnotationCount { get; init; }

    /// <summary>The newest log records, those for debugging left out, newest first.</summary>
    public required IReadOnlyList<LogRecord> Log { get; init; }

    /// <summary>How many there were.</summary>
    public required long LogCount { get; init; }

    /// <summary>"external" for orders that are not ours.</summary>
    public string StrategyName(ushort strategy) => strategy == ExternalStrategy ? "external" : Options.Strategies[strategy];

    /// <summary>Empty where there is no such instrument: a strategy may ask for anything.</summary>
    public string Symbol(InstrumentId instrument) => Options.Instrument(instrument)?.Symbol.ToString() ?? "";

    /// <summary>The instrument's currency; the account's where it states none.</summary>
    public CurrencyCode CurrencyOf(InstrumentId instrument) =>
        Options.Instrument(instrument) is { Currency.IsNone: false } definition ? definition.Currency : Options.Currency;
}
