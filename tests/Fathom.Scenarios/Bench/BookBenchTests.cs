using Fathom.Benchmarks;
using Fathom.Benchmarks.Market;

namespace Fathom.Scenarios.Bench;

/// <summary>The benchmark, small: it does not rot, and fast books and slow twin agree on the generator's streams (it refuses to time them otherwise).</summary>
public class BookBenchTests
{
    [Theory]
    [InlineData("bench-1", 50_000)]
    [InlineData("bench-100", 50_000)]
    [InlineData("wide", 10_000)]
    public void Fast_books_and_slow_twin_agree_on_a_preset_and_only_the_twin_allocates(string preset, long events)
    {
        List<BenchResult> results = BookBench.Measure(preset, events, repetitions: 3);
        Assert.Equal(["book", "direct", "prefetch", "slow twin"], results.Select(result => result.What));
        Assert.All(results, result => Assert.True(result.MessagesPerSecond > 0));
        Assert.All(results.SkipLast(1), result => Assert.InRange(result.AllocatedBytesPerMessage, 0, 0.01));
    }
}
