using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Strategies.Library;

namespace Fathom.Tests.Strategies.Library;

public class SmaCrossTests
{
    private readonly SmaCross _oneAndThree = new() { Bars = "1t", Fast = 1, Slow = 3, Size = Quantity.Units(2) };

    [Fact]
    public void Is_long_while_the_fast_average_is_above_the_slow_one_and_short_while_it_is_below()
    {
        using TradeBars bars = new(_oneAndThree);
        Assert.Empty(bars.Close(10, 11));
        Assert.Equal([2m], bars.Close(12, 13, 14));
        Assert.Equal([-4m], bars.Close(9));
        Assert.Equal([4m], bars.Close(9, 9, 9, 9, 10));           // equal: it stays as it is
        Assert.Equal(2, bars.Position);
    }

    [Fact]
    public void Is_flat_instead_of_short_when_that_is_asked_for()
    {
        _oneAndThree.AllowShort = false;
        using TradeBars bars = new(_oneAndThree);
        Assert.Equal([2m, -2m], bars.Close(10, 11, 12, 9, 8, 7));
        Assert.Equal(0, bars.Position);
    }

    [Fact]
    public void Asks_for_the_rest_at_the_next_bar_and_never_twice_at_once()
    {
        using TradeBars bars = new(_oneAndThree) { IsFilling = false };
        Assert.Equal([2m], bars.Close(10, 11, 12));
        ClientOrderId order = bars.Rig.Sent[0].ClientOrderId;
        Assert.Empty(bars.Close(13, 14));
        bars.Rig.Fill(order, Side.Buy, 14m, 1m).Answer(ReportKind.Canceled, order, ReasonCode.NoLiquidity);
        bars.IsFilling = true;
        Assert.Equal([1m], bars.Close(15));
    }

    [Fact]
    public void Averages_in_the_warm_up_and_acts_after_it()
    {
        using TradeBars bars = new(_oneAndThree, warmup: Duration.FromMilliseconds(20));
        Assert.Empty(bars.Close(10, 11, 12));
        bars.Rig.Now += Duration.FromMilliseconds(20);
        Assert.Equal([2m], bars.Close(13));
        Assert.Equal(0, bars.Rig.Engine.Summarize().RefusedCount);
    }

    [Fact]
    public void Does_nothing_while_the_instrument_does_not_trade()
    {
        using TradeBars bars = new(_oneAndThree);
        bars.Rig.State(TradingState.Halted);
        Assert.Empty(bars.Close(10, 11, 12));
        Assert.Empty(bars.Rig.Sent);
        bars.Rig.State(TradingState.Continuous);
        Assert.Single(bars.Rig.Sent);      // what it wants stands meanwhile
    }

    [Theory]
    [InlineData(3, 3, "1t", "fast")]
    [InlineData(1, 3, "1x", "1x")]
    public void Values_that_make_no_sense_halt_it_at_the_start(int fast, int slow, string spec, string named)
    {
        using TradeBars bars = new(new SmaCross { Bars = spec, Fast = fast, Slow = slow });
        Assert.Contains(named, bars.Failure!.Message, StringComparison.Ordinal);
    }
}
