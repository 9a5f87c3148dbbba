using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk.Kill;
using Fathom.Host.Sessions;
using Fathom.Tests.Host.Configuration;

namespace Fathom.Tests.Host.Sessions;

public class KillBindingTests
{
    private const string Run = """
        [data]
        file = "x.dbn"
        [[strategy]]
        name = "quoter"
        """;

    [Fact]
    public void Half_of_the_peak_is_the_only_rule_that_nobody_has_to_write() =>
        Assert.Equal([new KillRule(KillCause.Drawdown, KillScope.Account, 500_000_000)], Bind());

    [Fact]
    public void It_can_be_turned_off() => Assert.Empty(Bind("risk.kill.drawdown=0"));

    [Fact]
    public void Every_key_reaches_its_rule()
    {
        KillRule[] expected =
        [
            new(KillCause.Drawdown, KillScope.Strategy, 200_000_000, Flattens: true),
            new(KillCause.DailyLoss, KillScope.Account, 5_000 * Price.Scale, Flattens: true),
            new(KillCause.AnomalyRate, KillScope.Account, 20, Duration.FromMilliseconds(60_000), Flattens: true),
            new(KillCause.RejectRate, KillScope.Instrument, 10, Duration.FromMilliseconds(5_000), Flattens: true),
            new(KillCause.UnknownOrders, KillScope.Account, 3, Flattens: true),
            new(KillCause.StaleData, KillScope.Instrument, 30 * Timestamp.NanosPerSecond),
            new(KillCause.StrategyException, KillScope.Strategy, 0, Flattens: true),
            new(KillCause.MessageRate, KillScope.Account, 500, Duration.FromMilliseconds(1_000), Flattens: true),
        ];
        Assert.Equal(expected, Bind("risk.kill.flatten=true", "risk.kill.drawdown=0.2", "risk.kill.drawdown_scope=strategy", "risk.kill.daily_loss=5000", "risk.kill.anomaly_rate=20", "risk.kill.reject_rate=10",
            "risk.kill.reject_rate_window=5s", "risk.kill.reject_rate_scope=instrument", "risk.kill.unknown_orders=3", "risk.kill.stale_data=30s", "risk.kill.stale_data_flatten=false",
            "risk.kill.strategy_exception=true", "risk.kill.message_rate=500"));
    }

    [Theory]
    [InlineData("risk.kill.drawdown=1", "less than 1, or 0 for no such rule")]
    [InlineData("risk.kill.drawdown=-0.1", "risk.kill.drawdown")]
    [InlineData("risk.kill.daily_loss=0", "risk.kill.daily_loss")]
    [InlineData("risk.kill.reject_rate=0", "risk.kill.reject_rate")]
    [InlineData("risk.kill.unknown_orders=-1", "risk.kill.unknown_orders")]
    [InlineData("risk.kill.stale_data=30", "a duration with a unit")]
    [InlineData("risk.kill.drawdown_scope=instrument", "one of account, strategy")]
    [InlineData("risk.kill.daily_loss_scope=account", "there is no rule risk.kill.daily_loss to which it belongs. Write daily_loss too, or remove daily_loss_scope")]
    [InlineData("risk.kill.anomaly_rate_window=1s", "there is no rule risk.kill.anomaly_rate")]
    [InlineData("risk.kill.stale_data_flatten=true", "there is no rule risk.kill.stale_data")]
    [InlineData("risk.kill.drawdwon=0.3", "risk.kill.drawdown")]
    public void What_makes_no_sense_is_refused(string set, string message) => Assert.Contains(message, Refused(set), StringComparison.Ordinal);

    [Fact]
    public void A_rule_that_the_order_rate_keeps_from_being_met_is_refused()
    {
        string[] rate = ["risk.order_rate_max=5", "risk.order_rate_window=1s", "risk.kill.reject_rate_window=10s"];
        Assert.Contains("at most 50: risk.order_rate_max lets no more than 5 orders leave within 1s, and so no more be rejected within 10s. The rule could never fire. Write reject_rate = 50 or less", Refused([.. rate, "risk.kill.reject_rate=51"]),
            StringComparison.Ordinal);
        Assert.Equal(2, Bind([.. rate, "risk.kill.reject_rate=50"]).Count);
    }

    [Fact]
    public void No_more_orders_can_be_unknown_than_may_be_live()
    {
        Assert.Contains("at most 5: risk.open_orders_max", Refused(["risk.open_orders_max=5", "risk.kill.unknown_orders=6"]), StringComparison.Ordinal);
        Assert.Equal(2, Bind(["risk.open_orders_max=5", "risk.kill.unknown_orders=5"]).Count);
    }

    [Fact]
    public void Data_cannot_be_stale_for_longer_than_a_session_lasts()
    {
        string[] hours = ["session.open=09:30", "session.close=16:00"];
        Assert.Contains("less than a session lasts", Refused([.. hours, "risk.kill.stale_data=390m"]), StringComparison.Ordinal);
        Assert.Equal(2, Bind([.. hours, "risk.kill.stale_data=389m"]).Count);
    }

    [Fact]
    public void What_is_not_written_is_no_part_of_the_fingerprint_but_for_the_rule_in_force()
    {
        string canonical = System.Text.Encoding.UTF8.GetString(Settings().Engine.Configuration.Span);
        Assert.Equal(["risk.kill.drawdown = 0.5"], canonical.Split('\n').Where(line => line.StartsWith("risk.kill", StringComparison.Ordinal) || line.StartsWith("risk.liquidation", StringComparison.Ordinal)));
    }

    private static string Refused(params string[] sets) => Assert.Throws<InputException>(() => Bind(sets)).Message;

    private static IReadOnlyList<KillRule> Bind(params string[] sets) => Settings(sets).Engine.KillRules;

    private static BacktestSettings Settings(params string[] sets) => BacktestSettings.Bind(AConfiguration.Of(Run, sets));
}
