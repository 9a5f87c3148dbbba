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
        Assert.Equal(100.333333333m, position.AveragePrice);
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
        Assert.Equal(12m, position.AveragePrice);
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
