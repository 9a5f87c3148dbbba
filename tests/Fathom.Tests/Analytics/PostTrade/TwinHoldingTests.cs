using System.Numerics;
using Fathom.Analytics.PostTrade;

namespace Fathom.Tests.Analytics.PostTrade;

/// <summary>By hand, in whole units: the twin of a twin.</summary>
public sealed class TwinHoldingTests
{
    private static readonly BigInteger Unit = 1_000_000_000;

    [Fact]
    public void A_partial_close_takes_its_share_of_the_cost_and_turning_over_closes_first()
    {
        TwinHolding holding = new(isInverse: false);
        holding.Trade(10 * Unit, 100 * Unit);
        holding.Trade(-4 * Unit, 110 * Unit);
        Assert.Equal((6 * Unit, 100 * Unit, 40 * Unit), (holding.Quantity, holding.AveragePrice, holding.RealizedMoney(1_000_000_000)));

        holding.Trade(-8 * Unit, 90 * Unit);      // 6 close at a loss of 60, 2 are sold short at 90
        Assert.Equal((-2 * Unit, 90 * Unit, -20 * Unit), (holding.Quantity, holding.AveragePrice, holding.RealizedMoney(1_000_000_000)));

        holding.Trade(2 * Unit, 90 * Unit);
        Assert.Equal((BigInteger.Zero, null, BigInteger.Zero), (holding.Quantity, holding.AveragePrice, holding.Cost));
    }

    [Fact]
    public void An_inverse_instrument_pays_contracts_times_the_difference_of_reciprocals()
    {
        TwinHolding holding = new(isInverse: true);
        holding.Trade(100 * Unit, 8_000 * Unit);
        holding.Trade(100 * Unit, 2_000 * Unit);
        Assert.Equal(3_200 * Unit, holding.AveragePrice);      // the harmonic mean

        holding.Trade(-200 * Unit, 4_000 * Unit);      // 200 × (1 / 3,200 − 1 / 4,000) coins
        Assert.Equal(12_500_000, holding.RealizedMoney(1_000_000_000));
    }

    [Fact]
    public void Only_the_share_of_a_partial_close_is_rounded_and_what_it_loses_stays()
    {
        TwinHolding holding = new(isInverse: false);
        holding.Trade(3, 1);
        holding.Trade(1, 2);      // 4 units cost 5
        holding.Trade(-2, 0);      // half of 5 is 2.5: 2 go
        Assert.Equal((3, -2), (holding.Cost, holding.Realized));
        holding.Trade(-2, 0);
        Assert.Equal((0, -5), (holding.Cost, holding.Realized));
    }
}
