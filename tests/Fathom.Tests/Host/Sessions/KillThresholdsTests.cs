using System.Text.RegularExpressions;
using Fathom.Domain;
using Fathom.Host.Sessions;
using Fathom.Tests.Host.Configuration;

namespace Fathom.Tests.Host.Sessions;

public class KillThresholdsTests
{
    private const string One = """
        [data]
        file = "x.dbn"
        [[strategy]]
        name = "quoter"
        """;

    private const string Two = One + """

        id = "one"
        [[strategy]]
        name = "quoter"
        id = "two"
        """;

    private const string States = "risk.states.drawdown=[0.02, 0.04, 0.06]", Days = "risk.states.day_drawdown=[0.01, 0.02, 0.03]", OfEach = "risk.kill.drawdown_scope=strategy";

    [Theory]
    [InlineData(One, "0.06", States)]
    [InlineData(One, "0.01", States)]
    [InlineData(One, "0.06", States, OfEach)]      // of a single strategy the account is the same
    [InlineData(Two, "0.06", States)]
    [InlineData(One, "0.03", Days)]
    public void A_drawdown_that_stops_everything_before_the_last_state_is_refused(string run, string kill, params string[] sets)
    {
        string wrong = Refused(run, [.. sets, $"risk.kill.drawdown={kill}"]);

        bool isDay = sets.Contains(Days);
        Assert.StartsWith($"risk.kill.drawdown (--set risk.kill.drawdown): found {kill}, expected more than {(isDay ? "0.03" : "0.06")}, the last of risk.states.{(isDay ? "day_drawdown = [0.01, 0.02, 0.03]" : "drawdown = [0.02, 0.04, 0.06]")}", wrong,
            StringComparison.Ordinal);
        Bind(run, [.. sets, $"risk.kill.drawdown={Suggested(wrong, "drawdown")}"]);
    }

    [Theory]
    [InlineData(One, "0.061", States)]
    [InlineData(One, "0", States)]
    [InlineData(Two, "0.01", States, OfEach)]      // both together can still lose more
    [InlineData(One, "0.031", Days)]
    [InlineData(One, "0.01", "risk.states.volatility=[2, 3, 4]")]
    public void A_drawdown_that_comes_last_is_not(string run, string kill, params string[] sets) => Bind(run, [.. sets, $"risk.kill.drawdown={kill}"]);

    [Theory]
    [InlineData("[0.1, 0.3, 0.5]", "0.75")]
    [InlineData("[0.1, 0.3, 0.6]", "0.8")]
    [InlineData("[0.1, 0.3, 1]", "0")]
    public void The_rule_that_nobody_wrote_is_named_where_it_comes_first(string states, string higher)
    {
        string set = $"risk.states.drawdown={states}";

        string wrong = Refused(One, set);

        Assert.Equal($"risk.states.drawdown (--set risk.states.drawdown): found {states}, expected thresholds below 0.5: at that drawdown risk.kill.drawdown, which is 0.5 where nothing is written, stops everything, and such a state never acts. " +
            $"Write smaller ones here, or drawdown = {higher} under [risk.kill]; 0 is no such rule.", wrong);
        Bind(One, set, $"risk.kill.drawdown={higher}");
        Bind(One, "risk.states.drawdown=[0.1, 0.3, 0.499]");
    }

    [Theory]
    [InlineData(One, "account", "risk", "risk.daily_loss_max=500")]
    [InlineData(One, "strategy", "risk", "risk.daily_loss_max=500")]
    [InlineData(One, "account", "risk.strategy.\"quoter\"", "risk.strategy.quoter.daily_loss_max=500")]
    [InlineData(Two, "account", "risk", "risk.daily_loss_max=500")]
    [InlineData(Two, "account", "risk.account", "risk.daily_loss_max=5", "risk.account.daily_loss_max=500")]
    [InlineData(Two, "strategy", "risk.strategy.\"two\"", "risk.strategy.two.daily_loss_max=500")]
    [InlineData(Two, "strategy", "risk", "risk.daily_loss_max=500", "risk.account.daily_loss_max=5")]      // then what is stated for all holds for strategies alone
    public void A_days_loss_that_stops_everything_before_the_limit_of_its_scope_is_refused(string run, string scope, string header, params string[] sets)
    {
        string[] all = [.. sets, $"risk.kill.daily_loss_scope={scope}"];

        string wrong = Refused(run, [.. all, "risk.kill.daily_loss=500"]);

        Assert.Equal($"risk.kill.daily_loss (--set risk.kill.daily_loss): found 500, expected more than {header}.daily_loss_max = 500. At 500 everything is stopped, and that limit is never met: " +
            $"write daily_loss = 1000, or a smaller daily_loss_max under [{header}].", wrong);
        Bind(run, [.. all, "risk.kill.daily_loss=1000"]);
        Bind(run, [.. all, "risk.kill.daily_loss=500.000000001"]);
    }

    [Theory]
    [InlineData(Two, "strategy", "risk.daily_loss_max=500")]                    // which the account may meet
    [InlineData(Two, "strategy", "risk.account.daily_loss_max=500")]
    [InlineData(Two, "account", "risk.strategy.two.daily_loss_max=500")]        // which the other's profit may allow
    [InlineData(Two, "account", "risk.daily_loss_max=500", "risk.account.daily_loss_max=50")]
    public void Of_another_scope_it_is_not(string run, string scope, params string[] sets) => Bind(run, [.. sets, $"risk.kill.daily_loss_scope={scope}", "risk.kill.daily_loss=100"]);

    [Fact]
    public void A_loss_that_is_no_number_of_units_is_refused() => Assert.Contains("above 0 and at most 9000000000", Refused(One, "risk.kill.daily_loss=10000000000"), StringComparison.Ordinal);

    private static string Suggested(string message, string key) => Regex.Match(message, $"write {key} = ([0-9.]*[0-9])").Groups[1].Value;

    private static string Refused(string run, params string[] sets) => Assert.Throws<InputException>(() => Bind(run, sets)).Message;

    private static BacktestSettings Bind(string run, params string[] sets) => BacktestSettings.Bind(AConfiguration.Of(run, sets));
}
