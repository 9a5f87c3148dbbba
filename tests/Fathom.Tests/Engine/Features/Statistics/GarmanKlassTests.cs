using Fathom.Engine.Features;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class GarmanKlassTests
{
    [Fact]
    public void Equals_the_reference_and_comes_with_the_bar_that_fills_the_window() => Assert.Equal(0.012908812119230364, After(new GarmanKlass(10)), 1e-15);

    [Fact]
    public void It_forgets_what_is_older_and_passes_over_bars_that_have_no_logarithm()
    {
        GarmanKlass estimate = new(10);
        estimate.Add(new BarSample(default, 50, 90, 10, 40, 1));
        for (int i = 0; i < Open.Length; i++)
        {
            estimate.Add(new BarSample(default, Open[i], High[i], 0, Close[i], 1));
            estimate.Add(new BarSample(default, Open[i], High[i], Low[i], Close[i], 1));
        }
        Assert.Equal(0.012908812119230364, estimate.Value, 1e-15);
    }
}
