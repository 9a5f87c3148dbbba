using Fathom.Domain.Values;
using Fathom.Simulation.Faults;

namespace Fathom.Tests.Simulation.Faults;

public class ShrinkerTests
{
    private const int Market = 1_000;
    private int _runs;

    [Fact]
    public void Finds_the_two_faults_that_break_the_law_only_together()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            List<Fault> faults = [.. FaultSchedule.Of(seed, new FaultOptions { CountMin = 10, CountMax = 40, Kinds = [FaultKind.Stall, FaultKind.Bust, FaultKind.Halt] }).Faults];
            faults.Add(new Fault(300 + (long)seed, FaultKind.Restart, 5_000));
            faults.Add(new Fault(17 * (long)seed, FaultKind.ReportLost, 3));

            FaultSchedule shortest = Shrink(new FaultSchedule(seed, null, faults), IsPair);

            Assert.Equal($"seed={seed},messages=120,report_lost@{17 * seed}:0,restart@{300 + seed}:39", InOrder(shortest));
        }
    }

    [Fact]
    public void Law_that_is_broken_without_faults_needs_none()
    {
        FaultSchedule shortest = Shrink(FaultSchedule.Of(5, new FaultOptions()), static _ => "money");

        Assert.Equal("seed=5,messages=1", shortest.ToString());
    }

    [Fact]
    public void Another_law_does_not_count()
    {
        FaultSchedule schedule = FaultSchedule.Parse("seed=1,bust@1:1,kill@2:1");

        FaultSchedule shortest = Shrink(schedule, static candidate => candidate.Faults.Count == 2 ? "money" : "orders");

        Assert.Equal(2, shortest.Faults.Count);
    }

    [Fact]
    public void Runs_have_a_bound()
    {
        List<Fault> faults = [];
        for (int i = 0; i < 3_000; i++) faults.Add(new Fault(i, FaultKind.Stall, 1_000_000));

        Shrink(new FaultSchedule(1, null, faults), candidate => candidate.Faults.Count == 3_000 ? "money" : null);

        Assert.InRange(_runs, 100, Shrinker.RunsMax);
    }

    [Fact]
    public void Schedule_that_passed_cannot_be_shrunk()
    {
        FaultSchedule schedule = FaultSchedule.Parse("seed=1");

        Assert.Throws<ArgumentException>(() => Shrinker.Shrink(TortureSetups.Usual(), schedule, Outcome(schedule, null)));
    }

    /// <summary>A lost report and a restart of at least 39 ms, in a market of at least 120 messages.</summary>
    private static string? IsPair(FaultSchedule schedule)
    {
        bool isLost = schedule.Faults.Any(static fault => fault.Kind == FaultKind.ReportLost);
        bool isStopped = schedule.Faults.Any(static fault => fault is { Kind: FaultKind.Restart, Amount: >= 39 });
        return isLost && isStopped && (schedule.Messages ?? Market) >= 120 ? "money" : null;
    }

    private static string InOrder(FaultSchedule schedule)
    {
        List<Fault> faults = [.. schedule.Faults.OrderBy(static fault => fault.Kind)];
        return $"seed={schedule.Seed},messages={schedule.Messages},{string.Join(",", faults)}";
    }

    private FaultSchedule Shrink(FaultSchedule schedule, Func<FaultSchedule, string?> law) => Shrinker.Shrink(schedule, "money", candidate =>
    {
        _runs++;
        return Outcome(candidate, law(candidate));
    });

    private static TortureOutcome Outcome(FaultSchedule schedule, string? law) => new()
    {
        Schedule = schedule,
        Law = law,
        Step = 1,
        Time = Timestamp.Earliest,
        MarketMessages = schedule.Messages ?? Market,
        Counts = new TortureCounts(),
        Hash = "",
    };
}
