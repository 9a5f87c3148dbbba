using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class RealizedVarianceTests
{
    [Fact]
    public void Equals_the_reference()
    {
        double variance = After(new RealizedVariance(FeatureWindow.Samples(9)), [88, .. Close]);
        Assert.Equal(0.0012643006945293107, variance, 1e-16);
        Assert.Equal(0.011852335421666955, Math.Sqrt(variance / 9), 1e-16);
    }

    [Fact]
    public void In_a_time_it_counts_the_returns_that_ended_in_it()
    {
        RealizedVariance variance = new(FeatureWindow.Of(new(10_000_000_000)));
        variance.Add(At(0), 100);
        Assert.False(variance.IsReady);
        variance.Add(At(20), 110);      // it began long before
        variance.Add(At(25), 100);
        Assert.Equal(2 * Math.Log(1.1) * Math.Log(1.1), variance.Value, 1e-17);
        variance.AsOf(At(30));
        Assert.Equal(Math.Log(1.1) * Math.Log(1.1), variance.Value, 1e-17);
        variance.AsOf(At(35));
        Assert.False(variance.IsReady);
    }
}
