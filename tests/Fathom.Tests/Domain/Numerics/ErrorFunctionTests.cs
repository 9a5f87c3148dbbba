using Fathom.Domain.Numerics;

namespace Fathom.Tests.Domain.Numerics;

public class ErrorFunctionTests
{
    /// <summary>Abramowitz and Stegun, table 7.1, with the digits of a double.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(2, 0.9953222650189527)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(6, 1)]
    [InlineData(100, 1)]
    public void Agrees_with_the_table(double x, double erf) => Assert.Equal(erf, ErrorFunction.Of(x), 1e-14);

    [Fact]
    public void Falls_by_no_more_than_its_error_and_never_passes_one()
    {
        double last = 0;
        for (double x = 0; x < 7; x += 0.01)
        {
            double now = ErrorFunction.Of(x);
            Assert.True(now >= last - 2e-14 && now <= 1, $"erf({x}) = {now}");
            last = now;
        }
    }
}
