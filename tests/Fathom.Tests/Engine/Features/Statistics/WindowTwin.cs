using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Tests.Engine.Features.Statistics;

/// <summary>Holds a feature of a window to what a plain function says of the values in it, after each value and at moments between, over windows of both kinds.</summary>
internal static class WindowTwin
{
    /// <param name="least">As many values have to be in a window of a time.</param>
    /// <param name="tolerance">Relative to the larger of the number and 1.</param>
    public static void Check(Func<FeatureWindow, ValueFeature> make, Func<double[], double> twin, int least, double tolerance)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            FeatureWindow window = seed % 2 == 0 ? FeatureWindow.Samples(Math.Max(least, random.Next(1, 40))) : FeatureWindow.Of(new Duration(random.Next(1, 80) * 250_000_000L));
            ValueFeature feature = make(window);
            (Timestamp Time, double Value)[] samples = ReferenceSeries.Random(seed, 700);
            for (int i = 0; i < samples.Length; i++)
            {
                feature.Add(samples[i].Time, samples[i].Value);
                Require(samples[i].Time);
                if (i + 1 == samples.Length || !feature.FollowsTime) continue;
                Timestamp between = new((samples[i].Time.Nanos + samples[i + 1].Time.Nanos) / 2);
                feature.AsOf(between);
                Require(between);

                void Require(Timestamp now)
                {
                    double[] inside = [.. samples[..(i + 1)].Where((sample, place) => window.IsTime ? sample.Time.Nanos > now.Nanos - window.Time.Nanos : place > i - window.Count).Select(sample => sample.Value)];
                    bool isKnown = window.IsTime ? inside.Length >= least : inside.Length == window.Count;
                    double expected = isKnown ? twin(inside) : double.NaN, allowed = tolerance * Math.Max(1, Math.Abs(expected));
                    Assert.True(isKnown ? Math.Abs(expected - feature.Value) <= allowed : double.IsNaN(feature.Value), $"seed {seed}, window {window}, value {i} at {now.Nanos}: {feature.Value:R} instead of {expected:R}");
                }
            }
        }
    }

    /// <summary>Σ(x − mean)², measured from the first value.</summary>
    public static double Squares(double[] values)
    {
        double mean = values.Average(value => value - values[0]);
        return values.Sum(value => (value - values[0] - mean) * (value - values[0] - mean));
    }
}
