using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Tests.Engine.Decisions;

public class SignalMergeTests
{
    /// <summary>A signal is written "+3@0.5": side and size (0: flat), confidence; "-" alone stands for none.</summary>
    [Theory]
    [InlineData("priority", "", 0, "+3@1 -5@1", 3)]
    [InlineData("priority", "", 0.5, "+3@0.4 -5@0.5", -5)]
    [InlineData("priority", "", 0.5, "0@1 -5@1", -5)]                 // flat does not decide
    [InlineData("priority", "", 0.5, "- -5@1", -5)]
    [InlineData("priority", "", 0.5, "+3@0.4 -5@0.4", 0)]
    [InlineData("priority", "", 0, "+3@0 -5@1", 3)]                   // at the threshold is not below it
    [InlineData("vote", "", 0.5, "+3@1 +5@1 -9@1", 0)]                // (1 + 1 − 1) / 3
    [InlineData("vote", "", 0.3, "+3@1 +5@1 -9@1", 4)]                // the mean of those who won
    [InlineData("vote", "3 1 1", 0.5, "+3@1 +7@1 -9@1", 4)]           // (3 + 1 − 1) / 5; (3 × 3 + 1 × 7) / 4
    [InlineData("vote", "", 0, "+8@1 +2@0.5 -9@0.1", 6)]              // (8 + 2 × 0.5) / 1.5
    [InlineData("vote", "", 0.3, "+3@0.1 +3@0.2 -", 0)]               // 0.15: without a signal it abstains
    [InlineData("vote", "", 0.15, "+3@0.1 +3@0.2 -", 3)]
    [InlineData("vote", "", 0.1, "+3@0.1 +3@0.2 0@1", 3)]             // who is flat votes for it: 0.3 / 3
    [InlineData("vote", "", 0.11, "+3@0.1 +3@0.2 0@1", 0)]
    [InlineData("vote", "", 0, "+3@0.7 -9@0.7", 0)]                   // a tie is flat
    [InlineData("vote", "", 0, "+3@0 -9@0", 0)]
    [InlineData("vote", "", 1, "-3@1 -4@1", -3)]                      // 3.5 to whole lots, toward zero
    [InlineData("net", "", 0, "+3@1 -5@0.1 +1@1", -1)]                // confidence does not count
    [InlineData("net", "0.5 1.5 1", 0, "+3@1 -5@1 -", -6)]
    [InlineData("net", "0.1 0.2 0.7", 0, "+1@1 +1@1 +1@1", 1)]        // exactly one
    [InlineData("net", "0.3 1 1", 0, "-3@1 0@1 0@1", 0)]
    public void Each_method_has_its_rule(string method, string weights, double threshold, string signals, int expected)
    {
        SignalMerge merge = Merge(method, weights, (decimal)threshold, signals.Split(' ').Length);
        Assert.True(merge.TryMerge(Read(signals), Quantity.Units(1), out Quantity position));
        Assert.Equal(Quantity.Units(expected), position);
    }

    [Theory]
    [InlineData("priority")]
    [InlineData("vote")]
    [InlineData("net")]
    public void Nobody_wants_anything_where_no_signal_stands(string method) => Assert.False(Merge(method, "", 0, 2).TryMerge([null, null], Quantity.Units(1), out _));

    [Fact]
    public void What_does_not_fit_is_the_largest_that_does()
    {
        Signal most = new(Side.Sell, new Quantity(long.MaxValue - 1), 1);
        Assert.True(Merge("net", "1000 1000", 0, 2).TryMerge([most, most], Quantity.Zero, out Quantity position));
        Assert.Equal(-(long.MaxValue - 1), position.Nanos);
        Assert.True(Merge("vote", "1000 1000", 0, 2).TryMerge([most, most], Quantity.Zero, out position));
        Assert.Equal(-(long.MaxValue - 1), position.Nanos);
    }

    [Fact]
    public void Any_signals_merge_as_in_exact_fractions()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            int count = random.Next(1, 6);
            decimal[] weights = [.. Enumerable.Range(0, count).Select(_ => random.Next(1, 50) / 10m)];
            Signal?[] signals = [.. Enumerable.Range(0, count).Select(_ => ASignal(random))];
            decimal threshold = random.Next(0, 11) / 10m, lot = random.Next(2) == 0 ? 1m : 0.25m;
            string method = new[] { "priority", "vote", "net" }[random.Next(3)];
            SignalMerge merge = new(new AggregatorOptions
            {
                Id = "blend",
                Method = Enum.Parse<AggregatorMethod>(method, ignoreCase: true),
                Strategies = Names(count),
                Weights = weights,
                Threshold = threshold,
            });
            Assert.Equal(signals.Any(signal => signal is not null), merge.TryMerge(signals, Quantity.From(lot), out Quantity position));
            decimal expected = Twin(method, weights, threshold, signals);
            expected = decimal.Truncate(expected / lot) * lot;
            Assert.True(position == Quantity.From(expected), $"seed {seed}: {position} instead of {expected}, {method} over {threshold} of {string.Join("; ", signals)} by {string.Join(' ', weights)}");
        }
    }

    private static decimal Twin(string method, decimal[] weights, decimal threshold, Signal?[] signals)
    {
        var there = signals.Zip(weights).Where(pair => pair.First is not null)
            .Select(pair => (Sign: pair.First!.Value.Side.Sign(), Size: pair.First.Value.Size.ToDecimal(), Confidence: (decimal)pair.First.Value.Confidence, Weight: pair.Second)).ToArray();
        if (method == "net") return there.Sum(one => one.Weight * one.Sign * one.Size);
        if (method == "priority") return there.Where(one => one.Sign != 0 && one.Confidence >= threshold).Select(one => one.Sign * one.Size).FirstOrDefault();
        decimal score = there.Sum(one => one.Weight * one.Confidence * one.Sign), total = there.Sum(one => one.Weight);
        if (score == 0 || Math.Abs(score) < threshold * total) return 0;
        var won = there.Where(one => one.Sign == Math.Sign(score)).ToArray();
        // Fractions that end exactly at a lot must not be lost to the 28 digits of a decimal.
        return decimal.Round(Math.Sign(score) * won.Sum(one => one.Weight * one.Confidence * one.Size) / won.Sum(one => one.Weight * one.Confidence), 12);
    }

    private static Signal? ASignal(Random random)
    {
        Side side = (Side)random.Next(3);
        return random.Next(5) == 0 ? null : new Signal(side, side == Side.None ? Quantity.Zero : Quantity.Units(random.Next(1, 20)), random.Next(0, 11) / 10.0);
    }

    private static SignalMerge Merge(string method, string weights, decimal threshold, int members) => new(new AggregatorOptions
    {
        Id = "blend",
        Method = Enum.Parse<AggregatorMethod>(method, ignoreCase: true),
        Strategies = Names(members),
        Weights = [.. weights.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(decimal.Parse)],
        Threshold = threshold,
    });

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"s{i}")];

    private static Signal?[] Read(string signals) => [.. signals.Split(' ').Select(text =>
    {
        if (text == "-") return (Signal?)null;
        string[] parts = text.Split('@');
        decimal size = decimal.Parse(parts[0]);
        return new Signal(size > 0 ? Side.Buy : size < 0 ? Side.Sell : Side.None, Quantity.From(Math.Abs(size)), double.Parse(parts[1]));
    })];
}
