using Fathom.Domain.Numerics;
using Fathom.Engine.Features.Statistics;

namespace Fathom.Tests.Engine.Features.Statistics;

public class LogRatioTests
{
    [Fact]
    public void Equals_the_logarithm_near_and_far()
    {
        SplitMix64 random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            // Whole cents up to 1e13, which a decimal has exactly: returns from 1e-13 on.
            long b = 10_000 + (long)(Math.Pow(10, 9 * random.NextUnit() + 4) * random.NextUnit()), a = b + random.NextBelow(10_000) - 5_000;
            decimal x = ((decimal)a - b) / b;
            double exact = (double)Log1p(x), tolerance = 7e-16 * (Math.Abs(x) > 0.01m ? 1 : Math.Abs(exact));
            Assert.Equal(exact, LogRatio.Of(a, b), tolerance);
            Assert.Equal(exact, LogRatio.OnePlus((double)x), tolerance);
        }
    }

    [Theory]
    [InlineData(1e150, 1e-150)]
    [InlineData(1e-150, 1e150)]
    [InlineData(1.7e308, 1.6e308)]
    [InlineData(5, 5)]
    public void Of_any_two_numbers_above_zero(double a, double b) => Assert.Equal(Math.Log(a) - Math.Log(b), LogRatio.Of(a, b), 1e-12);

    /// <summary>2 artanh(x / (2 + x)), to 28 digits.</summary>
    private static decimal Log1p(decimal x)
    {
        decimal s = x / (2 + x), square = s * s, power = s, sum = 0;
        for (int k = 1; k < 120 && power != 0; k += 2, power *= square) sum += power / k;
        return 2 * sum;
    }
}
