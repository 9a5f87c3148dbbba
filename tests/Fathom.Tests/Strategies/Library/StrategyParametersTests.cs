using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Strategies.Library;

namespace Fathom.Tests.Strategies.Library;

public class StrategyParametersTests
{
    [Fact]
    public void What_is_not_given_has_its_default_and_is_part_of_the_effective_values()
    {
        StrategyParameters parameters = Given(("size", "2.50"));
        Assert.Equal(Quantity.From(2.5m), parameters.Quantity("size", byDefault: 1, min: 0, max: 10));
        Assert.Equal(0.5, parameters.Number("skew", byDefault: 0.5m, min: 0, max: 1));
        Assert.Equal(3, parameters.Whole("requote", byDefault: 3, min: 1, max: 9));
        Assert.Equal([new("requote", "3"), new("size", "2.5"), new("skew", "0.5")], parameters.Effective);
    }

    [Theory]
    [InlineData("11", "11")]
    [InlineData("-1", "-1")]
    [InlineData("1e1", "'1e1'")]
    [InlineData("1,5", "'1,5'")]
    [InlineData("", "''")]
    [InlineData("NaN", "'NaN'")]
    [InlineData("99999999999999999999999999999999", "'99999999999999999999999999999999'")]
    public void A_value_that_is_no_number_or_out_of_range_is_refused_with_its_range(string text, string found)
    {
        InputException error = Assert.Throws<InputException>(() => Given(("skew", text)).Number("skew", 1, min: 0, max: 10));
        Assert.Equal("strategy.params.skew", error.Subject);
        Assert.Equal(found, error.Found);
        Assert.Equal("a number from 0 to 10", error.Expected);
    }

    [Fact]
    public void A_fraction_is_no_whole_number_and_a_tenth_decimal_no_quantity()
    {
        Assert.Throws<InputException>(() => Given(("n", "1.5")).Whole("n", 1, 0, 9));
        Assert.Throws<InputException>(() => Given(("q", "0.0000000001")).Quantity("q", 1, 0, 9));
    }

    private static StrategyParameters Given(params (string Name, string Value)[] values) => new(values.ToDictionary(pair => pair.Name, pair => pair.Value));
}
