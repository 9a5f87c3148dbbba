using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Tests.Engine.Portfolio.Sizing;

public class PositionSizeTests
{
    [Theory]
    [InlineData(50, 20, false, 1, 1_000)]
    [InlineData(50, 20, false, 1.1, 1_100)]
    [InlineData(50_000, 100, true, 50_000, 100)]      // a contract of 100 dollars, settled in a coin of 50,000
    [InlineData(0, 20, false, 1, 0)]
    [InlineData(-3, 20, false, 1, 0)]
    [InlineData(double.NaN, 20, false, 1, 0)]
    public void A_unit_is_worth(double price, double multiplier, bool isInverse, double rate, double expected) =>
        Assert.Equal(expected, PositionSize.WorthOf(price, multiplier, isInverse, rate), 9);

    [Fact]
    public void Money_by_worth_volatility_or_loss_at_the_stop()
    {
        Assert.Equal(10, PositionSize.ForNotional(10_000, 1_000), 12);
        Assert.Equal(25, PositionSize.ForVolatility(500, 1_000, 0.02), 12);
        Assert.Equal(5, PositionSize.ForRisk(100, 50, 1, multiplier: 20, isInverse: false, isBuy: true, rate: 1), 12);
        Assert.Equal(5, PositionSize.ForRisk(100, -50, 1, multiplier: 20, isInverse: false, isBuy: false, rate: 1), 12);      // prices below zero have stops too
    }

    [Fact]
    public void An_inverse_position_loses_what_its_stop_says()
    {
        // 100 dollars a contract, entry 50,000, stop 45,000: 100 × (1/45,000 − 1/50,000) coins = 11.11 dollars at the entry's rate
        double bought = PositionSize.ForRisk(1_000, 50_000, 5_000, 100, isInverse: true, isBuy: true, rate: 50_000);
        Assert.Equal(90, bought, 9);
        double sold = PositionSize.ForRisk(1_000, 50_000, 5_000, 100, isInverse: true, isBuy: false, rate: 50_000);
        Assert.Equal(110, sold, 9);
        Assert.Equal(0, PositionSize.ForRisk(1_000, 50_000, 50_000, 100, isInverse: true, isBuy: true, rate: 1));      // at a price of zero it has lost everything there is
    }

    [Fact]
    public void What_is_missing_or_makes_no_sense_gives_nothing()
    {
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0];
        foreach (double money in odd)
        {
            foreach (double other in odd)
            {
                Assert.Equal(0, PositionSize.ForNotional(money, other));
                Assert.Equal(0, PositionSize.ForVolatility(money, 1, other));
                Assert.Equal(0, PositionSize.ForVolatility(1, money, other));
                Assert.Equal(0, PositionSize.ForRisk(money, 50, other, 1, isInverse: false, isBuy: true, rate: 1));
                Assert.Equal(0, PositionSize.ForRisk(1, money, other, 1, isInverse: true, isBuy: true, rate: 1));
            }
        }
    }
}
