using Fathom.Domain;
using Fathom.Host.Torture;

namespace Fathom.Tests.Host.Torture;

public class SeedRangeTests
{
    [Theory]
    [InlineData("1..1000", 1, 1_000, 1_000)]
    [InlineData("7..7", 7, 7, 1)]
    [InlineData("0..0", 0, 0, 1)]
    [InlineData("18446744073709551614..18446744073709551615", ulong.MaxValue - 1, ulong.MaxValue, 2)]
    [InlineData("1..100000000", 1, 100_000_000, 100_000_000)]
    public void Both_ends_are_in_it(string text, ulong first, ulong last, long count)
    {
        SeedRange range = SeedRange.Parse(text);
        Assert.Equal((first, last, count, text), (range.First, range.Last, range.Count, range.ToString()));
    }

    [Theory]
    [InlineData("5..1", "--seeds: found '5..1', which runs backwards, expected FIRST..LAST, two whole numbers, as in 1..1000. Write --seeds 1..5.")]
    [InlineData("1..", "--seeds: found '1..', expected FIRST..LAST")]
    [InlineData("..9", "Write --seeds 1..1000.")]
    [InlineData("..", "Write --seeds 1..1000.")]
    [InlineData("", "--seeds: found ''")]
    [InlineData("many", "Write --seeds 1..1000.")]
    [InlineData("12", "Write --seeds 12..12, or --seed 12 for one schedule.")]
    [InlineData("-1..5", "Write --seeds 1..1000.")]
    [InlineData("1..2..3", "Write --seeds 1..1000.")]
    [InlineData("1...3", "Write --seeds 1..1000.")]
    [InlineData("1.5..3", "Write --seeds 1..1000.")]
    [InlineData(" 1..3", "Write --seeds 1..1000.")]
    [InlineData("1..18446744073709551616", "Write --seeds 1..1000.")]
    [InlineData("1..100000001", "found '1..100000001', 100000001 seeds, expected at most 100000000")]
    [InlineData("0..18446744073709551615", "18446744073709551616 seeds")]
    public void Anything_else_is_refused_with_the_fix(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => SeedRange.Parse(text)).Message, StringComparison.Ordinal);
}
