using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;

namespace Fathom.Engine.Loop;

/// <summary>What a run came to, as of the moment it was taken. Equity = start + realised + unrealised − fees, exactly.</summary>
public sealed record RunSummary
{
    /// <summary>Inputs consumed, of any kind.</summary>
    public required long InputCount { get; init; }

    /// <summary>Market data among them, since the start.</summary>
    public required long MarketDataCount { get; init; }

    /// <summary>First and newest receive time that an input stated; None when none did.</summary>
    public required Timestamp First { get; init; }
    public required Timestamp Last { get; init; }

    /// <summary>Orders that were sent.</summary>
    public required long OrderCount { get; init; }

    /// <summary>Commands that were sent: orders, replacements and cancels.</summary>
    public required long CommandCount { get; init; }

    /// <summary>Orders, replacements and ladders that we refused ourselves.</summary>
    public required long RefusedCount { get; init; }

    /// <summary>Orders that the venue rejected.</summary>
    public required long RejectedCount { get; init; }

    /// <summary>Executions booked.</summary>
    public required long FillCount { get; init; }

    /// <summary>Orders still live.</summary>
    public required int LiveOrderCount { get; init; }

    /// <summary>The account's.</summary>
    public required CurrencyCode Currency { get; init; }

    /// <summary>All money in the account's currency: realised before fees, unrealised at the mid of the engine's book or the last good one. Null where a currency in use has
    /// no stated rate.</summary>
    public required AccountTotals? Totals { get; init; }

    /// <summary>The account's currency first.</summary>
    public required IReadOnlyList<CurrencySummary> ByCurrency { get; init; }

    /// <summary>Deepest fall of <see cref="Totals"/> as a fraction of peak equity; null where they are.</summary>
    public required double? DrawdownMax { get; init; }

    /// <summary>Equity at the end of each UTC day, oldest first; the last day is there once the engine was stopped. Empty where there are no totals.</summary>
    public required IReadOnlyList<DailyEquity> Days { get; init; }

    /// <summary>Every position that there ever was.</summary>
    public required IReadOnlyList<AccountPosition> Positions { get; init; }

    public required IReadOnlyList<StrategySummary> Strategies { get; init; }
    public required OrderAnomalies Anomalies { get; init; }

    /// <summary>Executions that the account could not value (<see cref="Account.UnvaluedFills"/>).</summary>
    public required long UnvaluedFillCount { get; init; }

    /// <summary>The worst that margin came to; null where nothing is held to margin.</summary>
    public MarginExtremes? Margin { get; init; }

    /// <summary>Emergency liquidations, strategy by strategy in the order in which they were over; of very many the first hundred of each.</summary>
    public IReadOnlyList<LiquidationSummary> Liquidations { get; init; } = [];
}
