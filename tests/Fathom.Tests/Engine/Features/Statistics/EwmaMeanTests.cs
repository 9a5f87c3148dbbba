using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class EwmaMeanTests
{
    [Fact]
    public void Begins_with_the_first_value()
    {
        EwmaMean mean = new(0.75);
        Assert.Equal(8, After(mean, 8));
        Assert.Equal(9, After(mean, 12));
        Assert.Equal(7.25, After(mean, 2));
    }

    [Fact]
    public void After_as_many_values_as_a_half_life_half_of_the_first_is_left() =>
        Assert.Equal(0.5, After(new EwmaMean(EwmaMean.LambdaOf(halfLife: 7)), [1, .. new double[7]]), 1e-15);

    [Fact]
    public void Weights_that_do_not_fade_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EwmaMean(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EwmaMean(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EwmaMean(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => EwmaMean.LambdaOf(0));
    }
}
