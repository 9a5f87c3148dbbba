using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Tests.Engine.Portfolio.Sizing;

public class MidVolatilityTests
{
    private static readonly InstrumentId s_crude = new(1);

    [Fact]
    public void Nothing_is_known_before_twenty_returns()
    {
        MidVolatility volatility = AGauge();
        Assert.True(double.IsNaN(volatility.DailyVolatility(s_crude)));
        for (int i = 0; i < 20; i++) Note(volatility, 100m + i % 2, seconds: i * 10);
        Assert.True(double.IsNaN(volatility.DailyVolatility(s_crude)));
        Note(volatility, 100m, seconds: 200);
        Assert.False(double.IsNaN(volatility.DailyVolatility(s_crude)));
    }

    [Fact]
    public void Equal_moves_at_equal_times_are_their_own_volatility_whatever_fades()
    {
        MidVolatility volatility = AGauge();
        decimal mid = 100m;
        for (int i = 0; i < 500; i++) Note(volatility, mid *= i % 2 == 0 ? 1.001m : 0.999m, seconds: i * 60);
        Assert.Equal(0.001 * Math.Sqrt(86_400 / 60.0), volatility.DailyVolatility(s_crude), 8);
    }

    [Fact]
    public void Moves_within_a_sample_do_not_count_and_gaps_do_not_matter()
    {
        Random random = new(7);
        MidVolatility volatility = AGauge(halfLifeSeconds: 400_000);
        double mid = 100, seconds = 0;
        for (int i = 0; i < 30_000; i++)
        {
            double gap = 10 + 50 * random.NextDouble();
            mid *= 1 + 0.0001 * Math.Sqrt(gap) * (random.Next(2) == 0 ? 1 : -1);
            seconds += gap;
            Note(volatility, (decimal)mid, seconds);
            Note(volatility, (decimal)mid * 1.5m, seconds + 0.5);      // a bounce
        }
        Assert.InRange(volatility.DailyVolatility(s_crude) / (0.0001 * Math.Sqrt(86_400)), 0.99, 1.01);
    }

    [Fact]
    public void It_follows_a_market_that_becomes_wilder()
    {
        MidVolatility volatility = AGauge(halfLifeSeconds: 600);
        decimal mid = 100m;
        for (int i = 0; i < 200; i++) Note(volatility, mid *= i % 2 == 0 ? 1.001m : 1 / 1.001m, seconds: i * 10);
        double calm = volatility.DailyVolatility(s_crude);
        for (int i = 200; i < 260; i++) Note(volatility, mid *= i % 2 == 0 ? 1.004m : 1 / 1.004m, seconds: i * 10);      // one half-life: variance half way
        Assert.InRange(volatility.DailyVolatility(s_crude) / calm, Math.Sqrt(8), Math.Sqrt(9));
    }

    [Fact]
    public void Prices_that_are_not_above_zero_have_no_relative_move()
    {
        MidVolatility volatility = AGauge();
        for (int i = 0; i < 50; i++) Note(volatility, i % 3 - 1m, seconds: i * 10);
        Assert.False(double.IsInfinity(volatility.DailyVolatility(s_crude)));
    }

    private static MidVolatility AGauge(long halfLifeSeconds = 3_600) => new(Duration.FromMilliseconds(10_000), Duration.FromMilliseconds(halfLifeSeconds * 1_000));

    private static void Note(MidVolatility volatility, decimal mid, double seconds)
    {
        Price price = Price.From(decimal.Round(mid, 9));
        volatility.NoteMid(s_crude, price, price, new Timestamp((long)(seconds * 1e9)));
    }
}
