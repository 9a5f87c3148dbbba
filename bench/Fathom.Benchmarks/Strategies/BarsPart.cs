using Fathom.Benchmarks.Market;

namespace Fathom.Benchmarks.Strategies;

/// <summary>What does a trade cost on its way into bars? <see cref="BarBench"/>, which needs no market: four times as many trades as the market has messages, so that the histories are full for most of the time.</summary>
internal static class BarsPart
{
    public static List<BenchResult> Measure(string file, long count, int repetitions) => BarBench.Measure(4 * count, repetitions);
}
