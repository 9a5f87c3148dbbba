using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class HayashiYoshidaTests
{
    [Fact]
    public void At_common_times_it_is_the_realized_covariance()
    {
        HayashiYoshida feature = new(FeatureWindow.Samples(11));
        double[] first = Returns(First), second = Returns(Second);
        double covariance = first.Zip(second, (r, s) => r * s).Sum();
        Assert.Equal(covariance / Math.Sqrt(first.Sum(r => r * r) * second.Sum(s => s * s)), PairRun.OfReference(feature), 1e-14);
        Assert.Equal(covariance, feature[1], 1e-17);
    }

    [Fact]
    public void A_slow_series_is_set_against_all_that_moved_meanwhile()
    {
        HayashiYoshida feature = new(FeatureWindow.Of(new(100_000_000_000)));
        feature.AddFirst(At(0), 100);
        feature.AddSecond(At(0), 100);
        for (int i = 1; i <= 10; i++) feature.AddSecond(At(i), 100 + i);
        Assert.False(feature.HasOverlap);
        feature.AddFirst(At(10), 110);
        Assert.True(feature.HasOverlap);
        Assert.Equal(Math.Log(1.1) * Math.Log(1.1), feature[1], 1e-16);
    }

    [Fact]
    public void Equals_the_double_sum_over_all_returns_that_overlap()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            FeatureWindow window = seed % 2 == 0 ? FeatureWindow.Samples(1 + seed / 2) : FeatureWindow.Of(new((1 + seed) * 250_000_000L));
            HayashiYoshida feature = new(window);
            List<(double Start, double End, double Return)> first = [], second = [];
            (double Time, double Value) lastFirst = default, lastSecond = default;
            (double Time, bool IsFirst, double Value)[] samples = PairRun.Random(seed, 400);
            foreach ((double time, bool isFirst, double value) in samples)
            {
                if (isFirst) feature.AddFirst(At(time), value);
                else feature.AddSecond(At(time), value);
                List<(double, double, double)> side = isFirst ? first : second;
                (double Time, double Value) last = isFirst ? lastFirst : lastSecond;
                if (last.Value > 0) side.Add((last.Time, time, Math.Log(value / last.Value)));
                if (isFirst) lastFirst = (time, value);
                else lastSecond = (time, value);

                (double Start, double End, double Return)[] xs = Inside(first, window, time), ys = Inside(second, window, time);
                double[] products = [.. from x in xs from y in ys where x.End > y.Start && y.End > x.Start select x.Return * y.Return];
                bool isKnown = products.Length > 0 && (window.IsTime || (xs.Length == window.Count && ys.Length == window.Count));
                Assert.True(isKnown == feature.IsReady, $"seed {seed}, {time}: {(isKnown ? "not known" : "known")}");
                if (!isKnown) continue;
                double scale = Math.Sqrt(xs.Sum(x => x.Return * x.Return) * ys.Sum(y => y.Return * y.Return));
                Assert.True(Math.Abs(products.Sum() - feature[1]) < 1e-17, $"seed {seed}, {time}: {feature[1]:R} instead of {products.Sum():R}");
                Assert.True(Math.Abs((scale > 0 ? products.Sum() / scale : 0) - feature[0]) < 1e-9, $"seed {seed}, {time}");
            }
        }
    }

    private static (double Start, double End, double Return)[] Inside(List<(double Start, double End, double Return)> side, FeatureWindow window, double now) =>
        window.IsTime ? [.. side.Where(stretch => stretch.End > now - window.Time.Nanos / 1e9)] : [.. side.Skip(Math.Max(0, side.Count - window.Count))];

    private static double[] Returns(double[] values) => [.. Enumerable.Range(1, values.Length - 1).Select(i => Math.Log(values[i] / values[i - 1]))];
}
