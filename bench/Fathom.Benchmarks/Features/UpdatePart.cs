using System.Diagnostics;
using System.Globalization;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Benchmarks.Features;

/// <summary>What does a sample cost each feature with its defaults? Samples in memory; the loop that shows them counts too.</summary>
internal static class UpdatePart
{
    private const int Samples = 200_000;
    private const int WarmUpMilliseconds = 400;      // the runtime compiles a second time, in the background, what is called often

    public static List<BenchResult> Measure(string file, long count, int repetitions)
    {
        FeatureSamples samples = new();
        return [.. FeatureCatalog.All.Select(info => Measure(info.Name, () => info.Create(FeatureArguments.Read(info, info.Name, new Dictionary<string, string>())), samples, repetitions))];
    }

    /// <summary>Of samples after the windows have filled.</summary>
    public static BenchResult Measure(string what, Func<Feature> create, FeatureSamples samples, int repetitions, int warmUp = Samples)
    {
        List<double> seconds = [];
        long allocated = long.MaxValue;
        double sum = 0;
        Feature feature = create();
        long begin = Stopwatch.GetTimestamp();
        do samples.Show(feature, warmUp);
        while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < WarmUpMilliseconds);
        for (int i = 0; i < repetitions; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            sum += samples.Show(feature, Samples);
            double passed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            seconds.Add(passed);
        }
        double median = BenchResult.Median(seconds);
        return new BenchResult("samples", what, Samples / median, Samples / seconds.Min(), (double)allocated / Samples, new Dictionary<string, double> { ["ns"] = median / Samples * 1e9 },
            sum.ToString("R", CultureInfo.InvariantCulture));
    }
}
