using Fathom.Domain.Values;
using Fathom.Host.Torture;
using Fathom.Simulation.Faults;

namespace Fathom.Tests.Host.Torture;

public class ScheduleSweepTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void The_result_is_the_same_whatever_the_number_of_threads(int threads)
    {
        SweepResult result = Sweep(new SeedRange(10, 209), threads, stopAtFirst: false, failing: [33, 150, 47]);
        Assert.Equal((200, 200, 3, 33UL), (result.Schedules, result.Counts.Runs, result.Failures, result.First!.Seed));
        Assert.Equal(Enumerable.Range(10, 200).Sum(), result.Counts.Steps);
        Assert.Equal([new("even", 1), new("odd", 2)], result.FailuresByLaw);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Stopped_at_the_first_failure_it_counts_what_comes_up_to_it_by_seed(int threads)
    {
        SweepResult result = Sweep(new SeedRange(1, 1_000_000), threads, stopAtFirst: true, failing: [30, 31, 25]);
        Assert.Equal((25, 25UL, 1), (result.Schedules, result.First!.Seed, result.Failures));
        Assert.Equal(Enumerable.Range(1, 25).Sum(), result.Counts.Steps);
    }

    [Fact]
    public void Without_a_failure_it_runs_every_seed_once_up_to_the_last_there_is()
    {
        SweepResult result = Sweep(new SeedRange(ulong.MaxValue - 4, ulong.MaxValue), 2, stopAtFirst: true, failing: []);
        Assert.Null(result.First);
        Assert.Equal(5, result.Schedules);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_failure_is_that_of_the_lowest_seed_even_where_another_comes_back_before_it(bool stopAtFirst)
    {
        using ManualResetEventSlim another = new();
        ScheduleSweep sweep = new(new SeedRange(5, 6), 2, stopAtFirst, seed =>
        {
            if (seed == 5) another.Wait(TestContext.Current.CancellationToken);
            return Outcome(seed, $"law {seed}");
        });
        SweepResult result = sweep.Run((_, _) => another.Set(), CancellationToken.None);
        Assert.Equal((5UL, stopAtFirst ? 1 : 2), (result.First!.Seed, result.Schedules));
    }

    [Fact]
    public void A_fault_of_ours_on_a_thread_is_one_on_the_callers()
    {
        ScheduleSweep sweep = new(new SeedRange(1, 1_000), 4, stopAtFirst: false, seed => seed == 20 ? throw new InvalidOperationException("seed 20") : Outcome(seed, null));
        Assert.Equal("seed 20", Assert.Throws<InvalidOperationException>(() => sweep.Run((_, _) => { }, CancellationToken.None)).Message);
    }

    [Fact]
    public void It_stops_when_it_is_told()
    {
        using CancellationTokenSource stop = new();
        ScheduleSweep sweep = new(new SeedRange(1, 100_000_000), 2, stopAtFirst: false, seed => Outcome(seed, null));
        Assert.Throws<OperationCanceledException>(() => sweep.Run((schedules, _) => { if (schedules == 50) stop.Cancel(); }, stop.Token));
    }

    private static SweepResult Sweep(SeedRange seeds, int threads, bool stopAtFirst, ulong[] failing)
    {
        long last = 0;
        ScheduleSweep sweep = new(seeds, threads, stopAtFirst, seed => Outcome(seed, !failing.Contains(seed) ? null : seed % 2 == 0 ? "even" : "odd"));
        return sweep.Run((schedules, _) => Assert.Equal(++last, schedules), CancellationToken.None);
    }

    private static TortureOutcome Outcome(ulong seed, string? law) => new()
    {
        Schedule = new FaultSchedule(seed, null, []),
        Law = law,
        Step = 1,
        Time = Timestamp.Earliest,
        MarketMessages = 1,
        Counts = new TortureCounts { Runs = 1, Steps = (long)(seed % 100_000) },
        Hash = "",
    };
}
