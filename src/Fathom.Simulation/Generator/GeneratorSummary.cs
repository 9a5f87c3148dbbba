namespace Fathom.Simulation.Generator;

/// <summary>What a generator has made so far. Spread, depth and volatility are of continuous trading.</summary>
public sealed record GeneratorSummary
{
    /// <summary>Trading seconds of a year for the annualised volatility: 252 days of 23 hours, as on a futures exchange.</summary>
    public const double SecondsPerYear = 252 * 23 * 3_600.0;

    public required string Preset { get; init; }
    public required ulong Seed { get; init; }
    public required int Instruments { get; init; }
    /// <summary>Market-by-order messages, snapshots included.</summary>
    public required long Messages { get; init; }
    /// <summary>Complete venue events after the snapshots.</summary>
    public required long VenueEvents { get; init; }
    /// <summary>From the first to the last event after the snapshots, in seconds.</summary>
    public required double Seconds { get; init; }
    public double MessagesPerSecond => Seconds > 0 ? FlowMessages / Seconds : 0;
    /// <summary>Market-by-order messages after the snapshots.</summary>
    public required long FlowMessages { get; init; }
    /// <summary>Shares of the messages after the snapshots, 0 to 1.</summary>
    public required double AddShare { get; init; }
    public required double CancelShare { get; init; }
    public required double ModifyShare { get; init; }
    public required double TradeShare { get; init; }
    public required double FillShare { get; init; }
    public required long Trades { get; init; }
    /// <summary>In ticks, over venue events.</summary>
    public required double SpreadMean { get; init; }
    public required int SpreadMedian { get; init; }
    /// <summary>Share of venue events after which the spread was one tick, and at most two.</summary>
    public required double SpreadOneShare { get; init; }
    public required double SpreadTwoShare { get; init; }
    /// <summary>Mean quantity and number of orders at one side's best price.</summary>
    public required double TouchQuantity { get; init; }
    public required double TouchOrders { get; init; }
    /// <summary>Mean quantity of one side's best ten levels.</summary>
    public required double TenLevelsQuantity { get; init; }
    /// <summary>Resting orders of all instruments at the end.</summary>
    public required int LiveOrders { get; init; }
    /// <summary>Median over the instruments of the standard deviation of the mid's change over a second, in ticks: the root of the sum of squared changes
    /// between second ends, over the seconds.</summary>
    public required double VolatilityTicks { get; init; }
    /// <summary>The same relative to the first price, times the root of <see cref="SecondsPerYear"/>: 0.2 = 20 % a year.</summary>
    public required double VolatilityAnnualized { get; init; }
}
