using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class BipowerVarianceTests
{
    [Fact]
    public void Equals_the_reference()
    {
        Assert.Equal(0.0016611697927082442, After(new BipowerVariance(FeatureWindow.Samples(9)), Close), 1e-16);
        Assert.Equal(0.0016611697927082442, After(new BipowerVariance(FeatureWindow.Samples(9)), [50, .. Close]), 1e-16);
    }

    [Fact]
    public void In_a_time_a_product_goes_with_the_older_of_its_two_returns()
    {
        BipowerVariance variance = new(FeatureWindow.Of(new(10_000_000_000)));
        variance.Add(At(0), 100);
        variance.Add(At(1), 110);
        Assert.False(variance.IsReady);
        variance.Add(At(9), 100);
        Assert.Equal(Math.PI / 2 * Math.Log(1.1) * Math.Log(1.1), variance.Value, 1e-17);
        variance.AsOf(At(10.9));
        Assert.True(variance.IsReady);
        variance.AsOf(At(11));
        Assert.False(variance.IsReady);
        variance.Add(At(30), 110);      // its neighbour is too old by then
        Assert.False(variance.IsReady);
    }

    [Fact]
    public void A_window_of_one_return_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new BipowerVariance(FeatureWindow.Samples(1)));
}
