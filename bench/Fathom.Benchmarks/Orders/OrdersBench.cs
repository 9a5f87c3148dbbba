namespace Fathom.Benchmarks.Orders;

/// <summary>What do orders cost the engine, and what does it cost to let others see them?</summary>
internal static class OrdersBench
{
    private static readonly BenchParts Parts = new(("transition", TransitionPart.Measure), ("snapshot", SnapshotPart.Measure), ("idle", IdlePart.Measure), ("record", RecordPart.Measure));

    public static IEnumerable<string> PartNames => Parts.Names;

    /// <inheritdoc cref="BenchParts.Measure"/>
    public static List<BenchResult> Measure(string? only, long events, int repetitions) => Parts.Measure(only, events, repetitions);
}
