using Fathom.Domain.Values;
using Fathom.Engine.Features;

namespace Fathom.Tests.Engine.Features.Statistics;

/// <summary>Series for which the answers were computed by other means.</summary>
internal static class ReferenceSeries
{
    public static readonly double[] Open = [100, 101, 100.5, 102, 103.5, 102.5, 101, 101.5, 103, 104];
    public static readonly double[] High = [101.5, 101.8, 102.4, 104, 104.2, 103, 102.2, 103.4, 104.5, 105];
    public static readonly double[] Low = [99.5, 99.9, 100.1, 101.5, 102, 100.6, 100.4, 101.2, 102.6, 102.8];
    public static readonly double[] Close = [101.2, 100.4, 102.1, 103.6, 102.4, 101.1, 101.6, 103.1, 104.1, 103.2];

    public static readonly double[] First = [100, 101.5, 99.75, 102.25, 103, 101, 100.5, 104, 105.25, 103.5, 106, 107.5];
    public static readonly double[] Second = [50, 50.4, 49.9, 50.9, 51.3, 50.6, 50.1, 51.9, 52.2, 51.7, 52.6, 53.4];

    public static Timestamp At(double seconds) => new((long)(seconds * 1e9));

    public static double After(ValueFeature feature, params double[] values)
    {
        foreach (double value in values) feature.Add(value);
        return feature.Value;
    }

    public static double After(BarFeature feature)
    {
        for (int i = 0; i < Open.Length; i++)
        {
            Assert.False(feature.IsReady);
            feature.Add(new BarSample(default, Open[i], High[i], Low[i], Close[i], 1));
        }
        return feature.Value;
    }

    /// <summary>Values at irregular times, several at one of them, now and then an outlier and a jump in time.</summary>
    public static (Timestamp Time, double Value)[] Random(int seed, int count)
    {
        Random random = new(seed);
        double level = random.Next(3) switch { 0 => 100, 1 => 1e6, _ => 0 }, now = 0;
        (Timestamp, double)[] samples = new (Timestamp, double)[count];
        for (int i = 0; i < count; i++)
        {
            now += random.Next(20) switch { 0 => 30, < 5 => 0, _ => random.Next(1, 8) * 0.25 };
            level += random.Next(-3, 4) * 0.25;
            samples[i] = (At(now), level + (random.Next(100) == 0 ? 1e4 : 0));
        }
        return samples;
    }
}
