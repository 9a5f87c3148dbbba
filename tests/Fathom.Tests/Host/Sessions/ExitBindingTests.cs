using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;

namespace Fathom.Tests.Host.Sessions;

public class ExitBindingTests
{
    [Fact]
    public void Every_exit_is_bound_in_its_unit()
    {
        ExitOptions exits = Bind("stop_loss_ticks = 8\ntake_profit_bps = 12.5\ntrailing_ticks = 6\ntime_stop = \"10m\"\ntrigger = \"bid_ask\"")!;
        Assert.Equal((PriceDistance.OfTicks(8), PriceDistance.OfBps(12.5m), PriceDistance.OfTicks(6)), (exits.StopLoss, exits.TakeProfit, exits.Trailing));
        Assert.Equal((Duration.FromMilliseconds(600_000), TriggerSource.BidAsk), (exits.TimeStop, exits.TriggerSource));
        Assert.Equal(TriggerSource.Last, Bind("stop_loss_bps = 5")!.TriggerSource);
    }

    [Fact]
    public void What_is_not_written_changes_nothing()
    {
        RunConfiguration configuration = Configuration("");
        Assert.Null(StrategyBinding.Bind(configuration.Root.Tables("strategy")[0], []).Exits);
        string canonical = System.Text.Encoding.UTF8.GetString(configuration.Canonical());
        Assert.DoesNotContain("exits", canonical, StringComparison.Ordinal);
        Assert.DoesNotContain("sizing", canonical, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop_loss_ticks = 8\nstop_loss_bps = 5", "stop_loss_bps", "nothing beside stop_loss_ticks")]
    [InlineData("take_profit_ticks = 8\ntake_profit_bps = 5", "take_profit_bps", "nothing beside take_profit_ticks")]
    [InlineData("trailing_ticks = 8\ntrailing_bps = 5", "trailing_bps", "nothing beside trailing_ticks")]
    [InlineData("stop_loss = 8", "stop_loss", "stop_loss_ticks or stop_loss_bps")]
    [InlineData("stop_loss_ticks = -8", "stop_loss_ticks", "1")]
    [InlineData("stop_loss_ticks = 0", "stop_loss_ticks", "1")]
    [InlineData("take_profit_bps = -1", "take_profit_bps", "above 0 and at most")]
    [InlineData("take_profit_bps = 1.0000000001", "take_profit_bps", "nine decimals")]
    [InlineData("time_stop = 10", "time_stop", "duration")]
    [InlineData("time_stop = \"-5s\"", "time_stop", "")]
    [InlineData("take_profit_ticks = 3\ntrigger = \"last\"", "trigger", "stop loss")]
    [InlineData("stop_loss_ticks = 3\ntrigger = \"mid\"", "trigger", "last, bid_ask")]
    public void Mistakes_are_told_with_their_key(string text, string key, string expected)
    {
        InputException wrong = Assert.Throws<InputException>(() => Bind(text));
        Assert.Contains($"strategy.0.exits.{key} ", wrong.Subject, StringComparison.Ordinal);
        Assert.Contains(expected, wrong.Expected, StringComparison.Ordinal);
    }

    private static ExitOptions? Bind(string exits) => StrategyBinding.Bind(Configuration($"[strategy.exits]\n{exits}").Root.Tables("strategy")[0], []).Exits;

    private static RunConfiguration Configuration(string more) =>
        ConfigurationLayers.FromText("run.toml", $"[[strategy]]\nname = \"quoter\"\n{more}", [], new Dictionary<string, string>(), "/work");
}
