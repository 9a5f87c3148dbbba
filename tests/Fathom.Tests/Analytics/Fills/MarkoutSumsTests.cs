using Fathom.Analytics.Fills;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Analytics.Fills;

public class MarkoutSumsTests
{
    private static readonly Duration[] Horizons = [Duration.FromMilliseconds(100), Duration.FromMilliseconds(1_000)];

    [Fact]
    public void Each_fill_weighs_the_same_and_all_are_makers_and_takers_together()
    {
        MarkoutSums sums = new(Horizons);
        sums.Add(Marked(Liquidity.Maker, quantity: 1, 101, 102));
        sums.Add(Marked(Liquidity.Maker, quantity: 9, 103, null));
        sums.Add(Marked(Liquidity.Taker, quantity: 1, 99, 98));
        Assert.Equal(
            [
                "maker 100ms 2 200 14",      // (100 + 300) / 2 bps; (1 + 27) / 2
                "maker 1s 1 200 2",
                "taker 100ms 1 -100 -1",
                "taker 1s 1 -200 -2",
                "all 100ms 3 100 9",
                "all 1s 2 0 0",
            ],
            sums.Means().Select(Text));
    }

    [Fact]
    public void A_horizon_without_a_mid_has_no_mean()
    {
        MarkoutSums sums = new(Horizons);
        sums.Add(Marked(Liquidity.Taker, 1, 99, null));
        MarkoutMean mean = sums.Means()[3];
        Assert.Equal((Liquidity.Taker, Horizons[1], 0), (mean.Liquidity, mean.Horizon, mean.Count));
        Assert.Equal((double.NaN, double.NaN), (mean.MeanBps, mean.MeanMoney));
    }

    [Fact]
    public void Strategies_and_currencies_are_kept_apart()
    {
        MarkoutSums sums = new(Horizons);
        sums.Add(Marked(Liquidity.Maker, 1, 101, null, strategy: ushort.MaxValue));
        sums.Add(Marked(Liquidity.Maker, 1, 101, null, strategy: 1, currency: "EUR"));
        sums.Add(Marked(Liquidity.Maker, 1, 101, null, strategy: 1));
        sums.Add(Marked(Liquidity.Maker, 1, 101, null, strategy: 0));
        IEnumerable<(ushort, string)> owners = sums.Means().Select(mean => (mean.Strategy, mean.Currency.ToString())).Distinct();
        Assert.Equal([0, 1, 1, ushort.MaxValue], owners.Select(owner => owner.Item1));
        Assert.Equal(["EUR", "USD", "USD", "USD"], owners.Select(owner => owner.Item2).Order());
    }

    private static string Text(MarkoutMean mean) =>
        $"{(mean.Liquidity == Liquidity.None ? "all" : mean.Liquidity.ToString().ToLowerInvariant())} {mean.Horizon} {mean.Count} {mean.MeanBps:0.#####} {mean.MeanMoney:0.#####}";

    private static MarkedFill Marked(Liquidity liquidity, decimal quantity, decimal? first, decimal? second, ushort strategy = 0, string currency = "USD")
    {
        MarkedFill fill = new(Fill(At(0), Side.Buy, 100, quantity, liquidity, strategy: strategy, currency: currency), Mid.None, 1_000_000_000, InstrumentKind.Linear, 2);
        if (first is { } mid) fill.Note(0, Mid.Between(Price.From(mid), Price.From(mid)));
        if (second is { } later) fill.Note(1, Mid.Between(Price.From(later), Price.From(later)));
        return fill;
    }
}
