using Fathom.Analytics.PostTrade;

namespace Fathom.Tests.Analytics.PostTrade;

public sealed class HalfEvenTests
{
    [Theory]
    [InlineData(7, 2, 4)]
    [InlineData(5, 2, 2)]
    [InlineData(-5, 2, -2)]
    [InlineData(-7, 2, -4)]
    [InlineData(1, 2, 0)]
    [InlineData(8, 3, 3)]
    [InlineData(-8, 3, -3)]
    [InlineData(0, 9, 0)]
    public void A_quotient_is_the_nearest_whole_number_and_of_two_the_even_one(int value, int by, int quotient) => Assert.Equal(quotient, HalfEven.Divide(value, by));
}
