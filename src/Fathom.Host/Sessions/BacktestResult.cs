using Fathom.Analytics.Orders;
using Fathom.Analytics.PostTrade;
using Fathom.Analytics.Risk;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Host.Runs;
using Fathom.Market.Books;
using Fathom.Simulation.Driver;

namespace Fathom.Host.Sessions;

/// <summary>What a backtest was worth, and what is to be known before believing it.</summary>
public sealed record BacktestResult
{
    /// <summary>32 hexadecimal digits: equal for equal runs.</summary>
    public required string Fingerprint { get; init; }
    public required RunSummary Run { get; init; }
    public required DriverSummary Driver { get; init; }

    /// <summary>Wall time from the first to the last input.</summary>
    public required double Seconds { get; init; }

    /// <summary>Peak resident memory of the process, in megabytes of 10^6 bytes.</summary>
    public required double PeakMemoryMegabytes { get; init; }

    /// <summary>Why orders were refused by risk or rejected by the venue, and how many.</summary>
    public required IReadOnlyDictionary<ReasonCode, long> Reasons { get; init; }

    /// <summary>Of the daily returns, annualized; NaN under three days.</summary>
    public required double Sharpe { get; init; }

    /// <summary>How much of what each strategy sent was filled, by strategy number.</summary>
    public required IReadOnlyList<FillRate> FillRates { get; init; }

    /// <summary>Sum of all executed quantities.</summary>
    public required Volume Traded { get; init; }

    /// <summary>The account's position in each instrument at the end, signed, in the order of <see cref="Instruments"/>.</summary>
    public required IReadOnlyList<Volume> Positions { get; init; }

    /// <summary>Instruments in the order of their ids.</summary>
    public required IReadOnlyList<InstrumentDefinition> Instruments { get; init; }

    /// <summary>The data never said in which trading state an instrument is: it is taken to trade all the time.</summary>
    public required bool HasUnknownState { get; init; }

    /// <summary>What the run went on with; null where it began with nothing.</summary>
    public CarriedSummary? Carried { get; init; }

    /// <summary>The files that it read, by their content; empty where it read none, as a replay.</summary>
    public IReadOnlyList<RunInput> Inputs { get; init; } = [];

    /// <summary>Of the engine's books, over all instruments.</summary>
    public required AnomalyCounts DataAnomalies { get; init; }

    /// <summary>What came of keeping the books twice.</summary>
    public required BooksResult Books { get; init; }

    /// <summary>What it cost that orders were not filled at once at the mid, by strategy and instrument.</summary>
    public required IReadOnlyList<StrategySlippage> Slippage { get; init; }

    /// <summary>What risk did.</summary>
    public required RiskHistory Risk { get; init; }

    /// <summary>Why orders, replacements and ladders were refused by our own gate, and how many; their sum is <see cref="RunSummary.RefusedCount"/>.</summary>
    public IEnumerable<KeyValuePair<ReasonCode, long>> Refusals => Risk.Counts.Where(count => count.Kind == RiskKind.Refusal).Select(count => KeyValuePair.Create(count.Reason, count.Count));

    /// <summary>Why orders, replacements and cancels were rejected by the venue, and how many.</summary>
    public IEnumerable<KeyValuePair<ReasonCode, long>> Rejections
    {
        get
        {
            Dictionary<ReasonCode, long> refused = new(Refusals);
            return Reasons.Select(reason => KeyValuePair.Create(reason.Key, reason.Value - refused.GetValueOrDefault(reason.Key))).Where(reason => reason.Value > 0);
        }
    }

    /// <summary>Replacements and cancels that the venue rejected; their orders lived on.</summary>
    public long RejectedChangeCount => Rejections.Sum(reason => reason.Value) - Run.RejectedCount;

    /// <summary>What all strategies wrote.</summary>
    public NoteCounts Notes => Run.Strategies.Aggregate(default(NoteCounts), (sum, strategy) => sum + strategy.Notes);

    /// <summary>False when a strategy was halted or the books do not agree: the run is there to look at, but it is not what was asked for.</summary>
    public bool HasEnded => Books.Difference is null && Run.Strategies.All(strategy => strategy.Failure is null);

    public double EventsPerSecond => Seconds > 0 ? Run.MarketDataCount / Seconds : double.NaN;
}
