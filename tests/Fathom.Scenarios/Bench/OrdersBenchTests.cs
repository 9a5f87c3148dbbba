using Fathom.Benchmarks;
using Fathom.Benchmarks.Orders;
using Fathom.Domain;

namespace Fathom.Scenarios.Bench;

/// <summary>The benchmark, small: it does not rot, and each part compares equal work (it refuses to time it otherwise).</summary>
public class OrdersBenchTests
{
    [Fact]
    public void Every_change_of_an_order_is_timed_and_none_allocates()
    {
        List<BenchResult> results = OrdersBench.Measure("transition", events: 4_000, repetitions: 3);
        Assert.Equal(["taken", "accepted", "part filled", "replacement sent", "replaced", "canceled and gone", "a change, of all"], results.Select(result => result.What));
        Assert.All(results, result => Assert.True(result.MessagesPerSecond > 0 && result.AllocatedBytesPerMessage == 0, $"{result}"));
        Assert.NotEqual("0", Assert.Single(results.Select(result => result.Checksum).Distinct()));
    }

    [Fact]
    public void A_reader_changes_nothing_and_a_snapshot_is_weighed()
    {
        List<BenchResult> results = OrdersBench.Measure("snapshot", events: 4_000, repetitions: 1);
        Assert.Equal(["quoter", "quoter, nobody asks", "quoter, 1,000 snapshots/s", "one snapshot"], results.Select(result => result.What));
        Assert.Single(results.Take(3).Select(result => result.Checksum).Distinct());
        Assert.All(results.Take(3), result => Assert.True(result.Ratios["time_of_plain"] > 0));
        Assert.True(results[2].Ratios["snapshots_per_second"] > 0);      // the final one at least
        Assert.InRange(results[3].AllocatedBytesPerMessage, 200, 10_000);
    }

    [Fact]
    public void Events_that_touch_no_order_allocate_nothing()
    {
        BenchResult result = Assert.Single(OrdersBench.Measure("idle", events: 100_000, repetitions: 3));
        Assert.Equal(0, result.AllocatedBytesPerMessage);
        Assert.True(result.MessagesPerSecond > 0);
    }

    [Fact]
    public void A_part_that_there_is_not_is_refused_by_name()
    {
        InputException wrong = Assert.Throws<InputException>(() => OrdersBench.Measure("orders", events: 1, repetitions: 1));
        Assert.Contains("transition", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorded_run_is_the_run()
    {
        List<BenchResult> results = OrdersBench.Measure("record", events: 4_000, repetitions: 1);
        Assert.Equal("not recorded", results[0].What);
        Assert.Single(results.Select(result => result.Checksum).Distinct());
        Assert.All(results, result => Assert.True(result.Ratios["wall_of_unrecorded"] > 0 && result.Ratios["engine_cpu_of_unrecorded"] > 0));
        Assert.True(results.Single(result => result.What == "recorded").Ratios["bytes_per_message"] < results.Single(result => result.What == "recorded, plain").Ratios["bytes_per_message"]);
    }
}
