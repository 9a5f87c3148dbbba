using Fathom.Domain.Values;
using Fathom.Engine.Features;

namespace Fathom.Tests.Engine.Features;

public class TradeWindowTests
{
    [Fact]
    public void A_trade_counts_until_the_window_has_passed_and_not_at_that_moment()
    {
        TradeWindow window = new(new Duration(100));
        window.Add(Side.Buy, Quantity.Units(3), new Timestamp(1_000));
        window.Add(Side.Sell, Quantity.Units(1), new Timestamp(1_050));
        Assert.Equal(0.5, window.Imbalance(new Timestamp(1_050)));
        Assert.Equal(0.5, window.Imbalance(new Timestamp(1_099)));
        Assert.Equal(-1.0, window.Imbalance(new Timestamp(1_100)));      // (1000, 1100]
        Assert.Equal(double.NaN, window.Imbalance(new Timestamp(1_150)));
    }

    [Fact]
    public void Nothing_is_known_without_a_trade_and_a_trade_without_a_side_is_none()
    {
        TradeWindow window = new(new Duration(100));
        window.Add(Side.None, Quantity.Units(3), new Timestamp(1));
        window.Add(Side.Buy, Quantity.Zero, new Timestamp(1));
        window.Add(Side.Buy, Quantity.None, new Timestamp(1));
        Assert.Equal(double.NaN, window.Imbalance(new Timestamp(1)));
    }

    /// <summary>Several engines share a window; one may be ahead of another.</summary>
    [Fact]
    public void Asking_for_a_later_moment_forgets_nothing_and_expiring_does()
    {
        TradeWindow window = new(new Duration(100));
        window.Add(Side.Buy, Quantity.Units(3), new Timestamp(1_000));
        window.Add(Side.Sell, Quantity.Units(1), new Timestamp(1_050));
        Assert.Equal(double.NaN, window.Imbalance(new Timestamp(5_000)));
        Assert.Equal(0.5, window.Imbalance(new Timestamp(1_060)));
        window.Expire(new Timestamp(1_100));
        Assert.Equal(-1.0, window.Imbalance(new Timestamp(1_060)));
    }

    [Fact]
    public void More_trades_than_the_bound_push_the_oldest_out()
    {
        TradeWindow window = new(new Duration(1_000));
        window.Add(Side.Sell, Quantity.Units(1_000_000), new Timestamp(1));
        for (int i = 1; i < TradeWindow.TradesMax; i++) window.Add(Side.Buy, Quantity.Units(1), new Timestamp(1));
        Assert.True(window.Imbalance(new Timestamp(1)) < 0);
        window.Add(Side.Buy, Quantity.Units(1), new Timestamp(1));
        Assert.Equal(1.0, window.Imbalance(new Timestamp(1)));
    }

    [Fact]
    public void Sums_beyond_64_bits_do_not_wrap()
    {
        TradeWindow window = new(new Duration(1_000));
        for (int i = 0; i < 10; i++) window.Add(Side.Buy, new Quantity(long.MaxValue - 1), new Timestamp(1));
        Assert.Equal(1.0, window.Imbalance(new Timestamp(1)));
    }

    [Fact]
    public void Equals_sums_made_anew_over_random_trades()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            Duration length = new(random.Next(1, 5_000));
            TradeWindow window = new(length);
            List<(long Time, long Signed)> all = [];
            long now = random.Next(10_000);
            for (int step = 0; step < 600; step++)
            {
                now += random.Next(4) == 0 ? 0 : random.Next(20);
                if (random.Next(3) > 0)
                {
                    Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                    Quantity quantity = new(random.NextInt64(1, 1L << 50));
                    window.Add(side, quantity, new Timestamp(now));
                    all.Add((now, side.Sign() * quantity.Nanos));
                }
                Int128 bought = 0, sold = 0;
                foreach ((long time, long signed) in all)
                {
                    if (time <= now - length.Nanos) continue;
                    if (signed > 0) bought += signed;
                    else sold -= signed;
                }
                double expected = bought + sold == 0 ? double.NaN : (double)(bought - sold) / (double)(bought + sold);
                Assert.True(expected.Equals(window.Imbalance(new Timestamp(now))), $"seed {seed}, step {step}");
            }
        }
    }
}
