using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class MeanTests
{
    [Fact]
    public void Equals_the_reference() => Assert.Equal(105.25, After(new Mean(FeatureWindow.Samples(5)), First), 1e-12);

    [Fact]
    public void Equals_the_mean_of_what_is_in_the_window() => WindowTwin.Check(window => new Mean(window), values => values.Average(), least: 1, 1e-13);

    [Theory]
    [InlineData("1m", 60)]
    [InlineData("5m", 300)]
    [InlineData("30m", 1_800)]
    public void A_window_of_a_time_ends_with_now_and_begins_right_after_now_less_the_time(string text, int seconds)
    {
        Assert.True(FeatureCatalog.TryFind("mean", out FeatureInfo info));
        Mean mean = (Mean)info.Create(FeatureArguments.Read(info, "here", new Dictionary<string, string> { ["window"] = text }));
        mean.Add(At(0), 10);
        mean.Add(At(1), 20);
        mean.AsOf(At(seconds - 0.001));
        Assert.Equal(15, mean.Value);
        mean.AsOf(At(seconds));
        Assert.Equal(20, mean.Value);
        mean.AsOf(At(seconds + 1));
        Assert.False(mean.IsReady);
        mean.Add(At(seconds + 2), 7);
        Assert.Equal(7, mean.Value);
    }

    [Fact]
    public void Of_more_than_131072_values_within_the_time_the_oldest_go()
    {
        const int Kept = 1 << 17;
        Mean mean = new(FeatureWindow.Of(new(1_000_000_000)));
        for (int i = 0; i < Kept + 1_000; i++) mean.Add(At(0), i);
        Assert.Equal(1_000 + (Kept - 1) / 2.0, mean.Value, 1e-9);
    }
}
