using Fathom.Analytics.Fills;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Values;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Analytics.Fills;

public class MarkedFillTests
{
    [Theory]
    [InlineData(Side.Buy, 1.5, 150, 300)]
    [InlineData(Side.Sell, -1.5, -150, -300)]
    public void A_markout_is_what_the_mid_went_our_way(Side side, double points, double bps, double money)
    {
        MarkedFill fill = Marked(side, 100, quantity: 2, multiplier: 100, Mid.Between(Price.From(101), Price.From(102)));
        Assert.Equal((decimal)points, fill.Markout(0).ToDecimal());
        Assert.Equal(bps, fill.MarkoutBps(0), 1e-12);
        Assert.Equal(money, fill.MarkoutMoney(0), 1e-12);
    }

    [Fact]
    public void Without_a_mid_there_is_none()
    {
        MarkedFill fill = Marked(Side.Buy, 100, 1, 1, Mid.None);
        Assert.True(fill.MidAfter(0).IsNone);
        Assert.True(fill.Markout(0).IsNone);
        Assert.Equal(double.NaN, fill.MarkoutBps(0));
        Assert.Equal(double.NaN, fill.MarkoutMoney(0));
    }

    [Fact]
    public void Basis_points_are_of_the_prices_magnitude_and_none_of_a_price_of_zero()
    {
        Mid mid = Mid.Between(Price.From(1), Price.From(1));
        Assert.Equal(15_000, Marked(Side.Buy, -2, 1, 1, mid).MarkoutBps(0), 1e-9);
        Assert.Equal(double.NaN, Marked(Side.Buy, 0, 1, 1, mid).MarkoutBps(0));
        Assert.Equal(1, Marked(Side.Buy, 0, 1, 1, mid).MarkoutMoney(0));
    }

    [Fact]
    public void Points_are_rounded_half_to_even()
    {
        Assert.Equal(2, Marked(Side.Buy, 0, 1, 1, Mid.Between(new Price(1), new Price(2))).Markout(0).Nanos);
        Assert.Equal(-2, Marked(Side.Sell, 0, 1, 1, Mid.Between(new Price(1), new Price(2))).Markout(0).Nanos);
    }

    [Fact]
    public void Spread_is_earned_against_the_mid_at_the_fill_and_nothing_without_one()
    {
        MarkedFill fill = new(Fill(At(0), Side.Buy, 100, 2), Mid.Between(Price.From(100), Price.From(101)), 1_000_000_000, InstrumentKind.Linear, 1);
        Assert.Equal(1m, FillMoney.ToMoney(fill.Spread));
        MarkedFill blind = new(Fill(At(0), Side.Buy, 100, 2), Mid.None, 1_000_000_000, InstrumentKind.Linear, 1);
        Assert.Equal(0m, FillMoney.ToMoney(blind.Spread));
    }

    private static MarkedFill Marked(Side side, decimal price, decimal quantity, int multiplier, Mid later)
    {
        MarkedFill fill = new(Fill(At(0), side, price, quantity), Mid.None, multiplier * 1_000_000_000L, InstrumentKind.Linear, 1);
        fill.Note(0, later);
        return fill;
    }
}
