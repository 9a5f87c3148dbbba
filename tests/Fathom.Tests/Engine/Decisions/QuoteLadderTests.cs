using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Tests.Engine.Decisions;

public class QuoteLadderTests
{
    private readonly QuoteLadder _ladder = new();

    [Fact]
    public void Keeps_its_levels_in_order_until_it_is_cleared()
    {
        _ladder.Add(Side.Buy, 1.5, Quantity.Units(2)).Add(Side.Sell, Price.From(10m), Quantity.Units(3));
        Assert.Equal([new QuoteLevel(Side.Buy, 1.5, Price.None, Quantity.Units(2)), new QuoteLevel(Side.Sell, 0, Price.From(10m), Quantity.Units(3))], _ladder.Levels.ToArray());
        Assert.Equal(0, _ladder.Clear().Count);
    }

    [Fact]
    public void Refuses_levels_that_say_nothing()
    {
        Assert.Throws<ArgumentException>(() => _ladder.Add(Side.None, 1, Quantity.Units(1)));
        Assert.Throws<ArgumentException>(() => _ladder.Add(Side.Buy, 1, Quantity.Zero));
        Assert.Throws<ArgumentException>(() => _ladder.Add(Side.Buy, 1, -Quantity.Units(1)));
        Assert.Throws<ArgumentException>(() => _ladder.Add(Side.Buy, 1, Quantity.None));
        Assert.Throws<ArgumentException>(() => _ladder.Add(Side.Buy, double.NaN, Quantity.Units(1)));
        Assert.Throws<ArgumentException>(() => _ladder.Add(Side.Buy, double.PositiveInfinity, Quantity.Units(1)));
        Assert.Throws<ArgumentException>(() => _ladder.AddBps(Side.Buy, double.NaN, Quantity.Units(1)));
        Assert.Equal(0, _ladder.Count);
    }

    [Fact]
    public void Refuses_a_shift_that_is_no_number_and_a_threshold_below_one_tick()
    {
        Assert.Throws<ArgumentException>(() => _ladder.ShiftTicks = double.NaN);
        Assert.Throws<ArgumentException>(() => _ladder.ShiftTicks = double.NegativeInfinity);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ladder.RequoteTicks = 0);
        Assert.Equal((0.0, 1L), (_ladder.ShiftTicks, _ladder.RequoteTicks));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e10)]
    public void Refuses_a_fair_value_that_is_no_price(double value)
    {
        Assert.Throws<ArgumentException>(() => _ladder.FairValue = value);
        Assert.True(double.IsNaN(_ladder.FairValue));
    }

    [Fact]
    public void Is_full_at_its_bound()
    {
        for (int i = 0; i < QuoteLadder.LevelsMax; i++) _ladder.Add(Side.Buy, i, Quantity.Units(1));
        Assert.Throws<ArgumentException>(() => _ladder.Add(Side.Sell, 1, Quantity.Units(1)));
    }
}
