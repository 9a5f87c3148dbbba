namespace Fathom.Benchmarks.Risk;

/// <summary>What does the gate cost an order, what do limits cost a market message, and what do they weigh?</summary>
internal static class RiskBench
{
    private static readonly BenchParts Parts = new(("gate", GatePart.Measure), ("market", MarketPart.Measure), ("memory", MemoryPart.Measure));

    public static IEnumerable<string> PartNames => Parts.Names;

    /// <inheritdoc cref="BenchParts.Measure"/>
    public static List<BenchResult> Measure(string? only, long events, int repetitions) => Parts.Measure(only, events, repetitions);
}
