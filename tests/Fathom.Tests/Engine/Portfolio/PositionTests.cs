using System.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Tests.Engine.Portfolio;

public class PositionTests
{
    [Fact]
    public void A_partial_close_moves_its_share_of_the_cost()
    {
        Position position = new();
        position.Book(Side.Buy, Price.From(100m), Quantity.Units(2));
        position.Book(Side.Buy, Price.From(101m), Quantity.Units(1));
        position.Book(Side.Sell, Price.From(103m), Quantity.Units(1));

        // 301 for three; a third of it leaves: 100.333… in units of 1e-18.
        Assert.Equal(Quantity.Units(2), position.Quantity);
        Assert.Equal(Int128.Parse("200666666666666666667"), position.Cost);
        Assert.Equal(Int128.Parse("2666666666666666667"), position.Realized);
        Assert.Equal(Price.From(100.333333333m), position.AveragePrice);
    }

    [Fact]
    public void Going_through_zero_closes_first_and_opens_at_the_fill_price()
    {
        Position position = new();
        position.Book(Side.Buy, Price.From(10m), Quantity.Units(3));
        position.Book(Side.Sell, Price.From(12m), Quantity.Units(5));

        Assert.Equal(Quantity.Units(-2), position.Quantity);
        Assert.Equal((Int128)(-24) * 1_000_000_000 * 1_000_000_000, position.Cost);
        Assert.Equal((Int128)6 * 1_000_000_000 * 1_000_000_000, position.Realized);
        Assert.Equal(Price.From(12m), position.AveragePrice);
    }

    [Fact]
    public void The_average_price_of_an_inverse_position_is_the_harmonic_mean()
    {
        Position position = new(isInverse: true);
        position.Book(Side.Sell, Price.From(20_000m), Quantity.Units(1));
        position.Book(Side.Sell, Price.From(60_000m), Quantity.Units(1));
        Assert.Equal(Price.From(30_000m), position.AveragePrice);
        position.Book(Side.Buy, Price.From(30_000m), Quantity.Units(2));
        Assert.Equal(Price.None, position.AveragePrice);
        Assert.InRange(position.Realized, -1, 1);      // three values, rounded to 1e-18 each
    }

    [Fact]
    public void An_inverse_fill_through_zero_is_rounded_once()
    {
        Position position = new(isInverse: true);
        position.Book(Side.Buy, Price.From(3m), new Quantity(1));
        position.Book(Side.Sell, Price.From(7m), new Quantity(2));
        // 1e-9 contracts at 3 are 333,333,333.33… units of 1e-18; two at 7 are 285,714,285.71…, of which the first closes with 142,857,142.86.
        Assert.Equal(333_333_333 - 142_857_143, position.Realized);
        Assert.Equal(285_714_286 - 142_857_143, position.Cost);
    }

    [Fact]
    public void The_largest_inverse_position_at_the_lowest_price_fits()
    {
        Position position = new(isInverse: true);
        Quantity all = new(long.MaxValue - 1);
        position.Book(Side.Buy, new Price(1), all);
        Assert.Equal(-(Int128)all.Nanos * 1_000_000_000_000_000_000, position.Cost);
        Assert.Equal(new Price(1), position.AveragePrice);
        Assert.Equal(0, position.TwiceUnrealized(new Price(1), new Price(1)));
        position.Book(Side.Sell, new Price(long.MaxValue - 1), all);
        Assert.Equal((Int128)all.Nanos * 1_000_000_000_000_000_000 - 1_000_000_000_000_000_000, position.Realized);
    }

    [Fact]
    public void The_largest_numbers_stay_exact()
    {
        Position position = new();
        Price high = new(long.MaxValue - 1), low = new(-(long.MaxValue - 1));
        Quantity all = new(long.MaxValue - 1), half = new((long.MaxValue - 1) / 2);
        position.Book(Side.Buy, high, all);
        position.Book(Side.Sell, high, half);
        Assert.Equal(0, position.Realized);
        Assert.Equal((Int128)(all - half).Nanos * high.Nanos, position.Cost);
        position.Book(Side.Sell, low, all - half);
        Assert.True(position.Quantity.IsZero && position.Cost == 0);
    }

    [Fact]
    public void A_position_beyond_64_bits_is_an_error()
    {
        Position position = new();
        position.Book(Side.Buy, Price.From(1m), new Quantity(long.MaxValue - 1));
        Assert.Throws<OverflowException>(() => position.Book(Side.Buy, Price.From(1m), Quantity.Units(1)));
    }

    [Fact]
    public void Flows_equal_realised_less_cost_and_the_cost_equals_its_big_integer_twin()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            Position position = new();
            BigInteger flows = 0, held = 0, cost = 0;
            long scale = random.Next(3) switch { 0 => 1, 1 => 1_000_000_000, _ => 1_000_000_000_000_000 };
            for (int step = 0; step < 60; step++)
            {
                Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                Price price = new(random.NextInt64(-5, 1000) * scale);
                Quantity quantity = new(random.NextInt64(1, 50) * (random.Next(2) == 0 ? 1_000_000_000 : 12_345_678));
                position.Book(side, price, quantity);

                BigInteger signed = (BigInteger)side.Sign() * quantity.Nanos;
                flows -= signed * price.Nanos;
                cost = TwinCost(held, cost, signed, price.Nanos);
                held += signed;
                string at = $"seed {seed}, step {step}";
                Assert.True(held == position.Quantity.Nanos, at);
                Assert.True(cost == position.Cost, at);
                Assert.True(flows == (BigInteger)position.Realized - position.Cost, at);
            }
        }
    }

    private static BigInteger TwinCost(BigInteger held, BigInteger cost, BigInteger signed, BigInteger price)
    {
        if (held.Sign * signed.Sign >= 0) return cost + signed * price;
        BigInteger closing = BigInteger.Min(BigInteger.Abs(signed), BigInteger.Abs(held));
        BigInteger rest = cost - ProportionTests.RoundHalfEven(cost * closing, BigInteger.Abs(held));
        return rest + (signed + held.Sign * closing) * price;
    }
}
