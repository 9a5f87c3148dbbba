using Fathom.Engine.Features;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

/// <summary>Runs features of two series.</summary>
internal static class PairRun
{
    /// <summary>The two reference series, a value of each a second; which comes first alternates.</summary>
    public static double OfReference(PairFeature feature)
    {
        for (int i = 0; i < First.Length; i++)
        {
            if (i % 2 == 0) feature.AddFirst(At(i), First[i]);
            feature.AddSecond(At(i), Second[i]);
            if (i % 2 == 1) feature.AddFirst(At(i), First[i]);
        }
        return feature.Value;
    }

    /// <summary>Values of two series at irregular times, some of them the same; which, value.</summary>
    public static (double Time, bool IsFirst, double Value)[] Random(int seed, int count)
    {
        Random random = new(seed);
        double first = 100, second = 50, now = 0;
        (double, bool, double)[] samples = new (double, bool, double)[count];
        for (int i = 0; i < count; i++)
        {
            now += random.Next(20) switch { 0 => 10, < 6 => 0, _ => random.Next(1, 6) * 0.25 };
            double step = random.Next(-4, 5) * 0.01;
            bool isFirst = random.Next(seed % 4 + 2) == 0;
            if (random.Next(3) > 0) (first, second) = (first + step, second + step / 2);
            samples[i] = (now, isFirst, (isFirst ? first : second) + random.Next(-1, 2) * 0.01);
        }
        return samples;
    }
}
