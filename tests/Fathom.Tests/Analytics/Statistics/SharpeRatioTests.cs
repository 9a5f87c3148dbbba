using Fathom.Analytics.Statistics;

namespace Fathom.Tests.Analytics.Statistics;

public class SharpeRatioTests
{
    /// <summary>Returns whose ratio was computed elsewhere: 0.3005102510421908 a day.</summary>
    private static readonly decimal[] Returns =
    [
        0.012m, -0.004m, 0.007m, 0.003m, -0.011m, 0.009m, 0m, 0.005m, -0.006m, 0.014m, -0.002m, 0.004m, -0.009m, 0.008m, 0.006m, -0.003m, 0.010m, -0.007m, 0.002m, 0.005m,
    ];

    [Theory]
    [InlineData(1, 0.3005102510421908)]
    [InlineData(252, 4.770452344099354)]
    public void It_equals_the_reference(double daysPerYear, double expected) =>
        Assert.Equal(expected, SharpeRatio.Annualized(1, Equities(1, Returns), daysPerYear), 1e-12);

    [Fact]
    public void A_year_has_252_days_unless_it_is_told_otherwise() => Assert.Equal(4.770452344099354, SharpeRatio.Annualized(100_000, Equities(100_000, Returns)), 1e-12);

    [Fact]
    public void Three_days_are_needed()
    {
        Assert.Equal(double.NaN, SharpeRatio.Annualized(100, []));
        Assert.Equal(double.NaN, SharpeRatio.Annualized(100, [101, 100]));
        Assert.True(double.IsFinite(SharpeRatio.Annualized(100, [101, 100, 102])));
    }

    [Fact]
    public void Returns_that_do_not_vary_have_none()
    {
        Assert.Equal(double.NaN, SharpeRatio.Annualized(100, [100, 100, 100, 100]));
        Assert.Equal(double.NaN, SharpeRatio.Annualized(3, Equities(3, [0.01m, 0.01m, 0.01m, 0.01m, 0.01m])));
    }

    [Fact]
    public void A_day_that_begins_without_equity_has_no_return()
    {
        Assert.Equal(double.NaN, SharpeRatio.Annualized(0, [1, 2, 3]));
        Assert.Equal(double.NaN, SharpeRatio.Annualized(1, [2, -1, 3]));
        Assert.True(double.IsFinite(SharpeRatio.Annualized(1, [2, 3, -1])));
    }

    private static List<decimal> Equities(decimal start, decimal[] returns)
    {
        List<decimal> equities = [];
        foreach (decimal value in returns) equities.Add(start = decimal.Round(start * (1 + value), 20));
        return equities;
    }
}
