using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Tests.Host.Configuration;

namespace Fathom.Tests.Host.Sessions;

public class RecoveryBindingTests
{
    private const string Run = """
        [data]
        file = "x.dbn"
        [[strategy]]
        name = "quoter"
        """;

    [Fact]
    public void What_is_left_out_is_the_engines_default() => Assert.Equal(new RecoveryOptions(), Bind());

    [Fact]
    public void Every_key_reaches_its_option()
    {
        RecoveryOptions options = Bind("orders.creation_timeout=11s", "orders.cancel_timeout=12s", "orders.replace_timeout=13s", "orders.query_timeout=3s", "orders.query_attempts=4",
            "orders.query_backoff=5s", "orders.query_backoff_max=6s", "orders.command_lifetime=7s", "orders.gap_patience=8s", "orders.reconcile_at_start=true", "orders.reconcile_every=9m",
            "orders.anomaly_reduce_only=false");
        Assert.Equal(new RecoveryOptions
        {
            CreationTimeout = Seconds(11),
            CancelTimeout = Seconds(12),
            ReplaceTimeout = Seconds(13),
            QueryTimeout = Seconds(3),
            QueryAttempts = 4,
            QueryBackoff = Seconds(5),
            QueryBackoffMax = Seconds(6),
            CommandLifetime = Seconds(7),
            GapPatience = Seconds(8),
            ReconcileAtStart = true,
            ReconcileEvery = Seconds(540),
            AnomalyReducesOnly = false,
        }, options);
    }

    [Theory]
    [InlineData("orders.creation_timeout=3s", "orders.creation_timeout (--set orders.creation_timeout): found \"3s\", expected more than venue.entry_latency + venue.response_latency (3s). No answer can come sooner. Write creation_timeout = \"6s\"")]
    [InlineData("orders.cancel_timeout=1s", "orders.cancel_timeout")]
    [InlineData("orders.replace_timeout=2999ms", "orders.replace_timeout")]
    [InlineData("orders.query_timeout=1ns", "orders.query_timeout")]
    [InlineData("orders.reconcile_every=2s", "orders.reconcile_every")]
    [InlineData("orders.query_backoff=61s", "orders.query_backoff (--set orders.query_backoff): found \"61s\", expected at most orders.query_backoff_max (60s)")]
    [InlineData("orders.query_backoff_max=500ms", "orders.query_backoff: found 1s (default), expected at most orders.query_backoff_max (500ms)")]
    [InlineData("orders.command_lifetime=2s", "orders.command_lifetime (--set orders.command_lifetime): found \"2s\", expected more than venue.entry_latency (2s), or 0s")]
    [InlineData("orders.gap_patience=999ms", "orders.gap_patience (--set orders.gap_patience): found \"999ms\", expected at least venue.response_latency (1s)")]
    [InlineData("orders.query_attempts=0", "orders.query_attempts")]
    [InlineData("orders.creation_timeout=-1s", "orders.creation_timeout")]
    [InlineData("orders.creation_timeout=10", "a duration with a unit")]
    [InlineData("orders.creation_timout=10s", "orders.creation_timeout")]
    public void Times_that_contradict_each_other_are_refused(string set, string message)
    {
        InputException wrong = Assert.Throws<InputException>(() => Bind("venue.entry_latency=2s", "venue.response_latency=1s", "orders.query_timeout=4s", set));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders.creation_timeout=3000000001ns")]
    [InlineData("orders.command_lifetime=0s")]
    [InlineData("orders.command_lifetime=2000000001ns")]
    [InlineData("orders.gap_patience=1s")]
    [InlineData("orders.reconcile_every=0s")]
    [InlineData("orders.query_backoff=1m")]
    public void What_is_just_possible_is_taken(string set) => Bind("venue.entry_latency=2s", "venue.response_latency=1s", "orders.query_timeout=4s", set);

    [Fact]
    public void A_latency_that_makes_a_default_senseless_is_refused_with_the_default() =>
        Assert.Contains("orders.gap_patience: found 1s (default), expected at least venue.response_latency (1500ms)",
            Assert.Throws<InputException>(() => Bind("venue.response_latency=1500ms")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_options_are_part_of_the_fingerprint()
    {
        Assert.Contains("orders.command_lifetime = \"5s\"\n", Canonical(), StringComparison.Ordinal);
        Assert.Contains("orders.command_lifetime = \"6s\"\n", Canonical("orders.command_lifetime=6s"), StringComparison.Ordinal);
    }

    private static string Canonical(params string[] sets) => System.Text.Encoding.UTF8.GetString(Settings(sets).Engine.Configuration.Span);

    private static RecoveryOptions Bind(params string[] sets) => Settings(sets).Engine.Recovery;

    private static BacktestSettings Settings(params string[] sets)
    {
        RunConfiguration configuration = AConfiguration.Of(Run, sets);
        return BacktestSettings.Bind(configuration);
    }

    private static Duration Seconds(long seconds) => Duration.FromMilliseconds(seconds * 1_000);
}
