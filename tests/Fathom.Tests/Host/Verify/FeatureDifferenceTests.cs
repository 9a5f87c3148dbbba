using Fathom.Host.Verify;

namespace Fathom.Tests.Host.Verify;

public class FeatureDifferenceTests
{
    [Theory]
    [InlineData(1.0, 1.0, 0, 0)]
    [InlineData(100.0, 101.0, 1.0 / 101, 70368744177664)]
    [InlineData(0.001, 0.002, 0.001, 4503599627370496)]      // below 1 it is the difference itself
    [InlineData(0.0, 5e-324, 5e-324, 1)]
    [InlineData(-5e-324, 5e-324, 1e-323, 2)]
    [InlineData(0.0, -0.0, 0, 0)]
    [InlineData(double.NaN, double.NaN, 0, double.NaN)]
    [InlineData(double.NaN, 1.0, double.PositiveInfinity, double.NaN)]
    [InlineData(1.0, double.NaN, double.PositiveInfinity, double.NaN)]
    [InlineData(1.0, double.PositiveInfinity, double.PositiveInfinity, 4611686018427387904)]
    public void Is_relative_to_the_larger_number_and_one(double engine, double witness, double relative, double ulps)
    {
        FeatureDifference difference = new("", "", 0, "", engine, witness);
        Assert.Equal(relative, difference.Relative);
        Assert.Equal(ulps, difference.Ulps);
        Assert.Equal(relative, new FeatureDifference("", "", 0, "", witness, engine).Relative);
    }
}
