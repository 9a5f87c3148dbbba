namespace Fathom.Benchmarks;

/// <summary>One line of a benchmark's answer; every <c>bench X --json</c> has this shape.</summary>
/// <param name="Preset">Input: a generator preset.</param>
/// <param name="What">The stages that were measured.</param>
/// <param name="MessagesPerSecond">Median over the repetitions.</param>
/// <param name="BestPerSecond">Best repetition: what the machine can do when nobody else wants it.</param>
/// <param name="AllocatedBytesPerMessage">On the measuring thread, after opening.</param>
/// <param name="Ratios">Against other lines of the same run, by name.</param>
/// <param name="Checksum">Of what was computed: it cannot be optimised away, and equal work has equal checksums.</param>
internal sealed record BenchResult(
    string Preset,
    string What,
    double MessagesPerSecond,
    double BestPerSecond,
    double AllocatedBytesPerMessage,
    IReadOnlyDictionary<string, double> Ratios,
    string Checksum)
{
    /// <summary>What this line takes per message beyond the line before it; NaN where lines do not build on each other.</summary>
    public double AddedSeconds { get; init; } = double.NaN;

    /// <summary>The middle of at least one value, the higher one of two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
