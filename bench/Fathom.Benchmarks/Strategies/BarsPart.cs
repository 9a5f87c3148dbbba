using Fathom.Benchmarks.Market;

namespace Fathom.Benchmarks.Strategies;

/// <summary>What does a trade cost on its way into bars? <see cref="BarBench"/>, which needs no market: as many trades as the market has messages.</summary>
internal static class BarsPart
{
    public static List<BenchResult> Measure(string file, long count, int repetitions) => BarBench.Measure(count, repetitions);
}
