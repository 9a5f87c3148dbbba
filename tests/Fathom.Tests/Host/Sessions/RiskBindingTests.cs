using Fathom.Domain;
using Fathom.Engine.Risk;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;

namespace Fathom.Tests.Host.Sessions;

public class RiskBindingTests
{
    [Fact]
    public void Two_limits_hold_where_nothing_is_stated_and_zero_turns_them_off()
    {
        RiskLimits limits = Bind();
        Assert.Equal((1_000, 1_000), (limits.PriceCollarBps, limits.OrderRateMax?.Count));
        limits = Bind("risk.price_collar_bps=0", "risk.order_rate_max=0");
        Assert.Null(limits.PriceCollarBps);
        Assert.Null(limits.OrderRateMax);
    }

    [Theory]
    [InlineData("quantity_min", "risk.quantity_min=5", "risk.quantity_max=4")]
    [InlineData("order_notional_min", "risk.order_notional_min=5", "risk.order_notional_max=4")]
    [InlineData("concentration_max", "risk.concentration_max=0.5")]
    [InlineData("concentration_from", "risk.concentration_from=5")]
    [InlineData("concentration_max", "risk.concentration_max=1.5", "risk.concentration_from=5")]
    [InlineData("leverage_max", "risk.leverage_max=0.5")]
    [InlineData("position_max", "risk.position_max=-1")]
    [InlineData("duplicate_window", "risk.duplicate_window=5")]
    [InlineData("cancel_rate_window", "risk.cancel_rate_window=5s")]
    [InlineData("messages_per_fill_from", "risk.messages_per_fill_from=5")]
    [InlineData("times_in_force", "risk.times_in_force=never")]
    [InlineData("trading_hours", "risk.trading_hours=night")]
    [InlineData("price_collar_from", "risk.price_collar_bps=0", "risk.price_collar_from=last")]
    [InlineData("instruments", "risk.group.a.gross_notional_max=5")]
    [InlineData("risk.group", "risk.group.a.instruments=CLX5")]
    [InlineData("risk.product", "risk.product.CL.quantity_max=5")]
    [InlineData("risk.strategy", "risk.strategy.other.position_max=5")]
    public void What_makes_no_sense_is_refused_by_its_name(string named, params string[] set)
    {
        InputException wrong = Assert.Throws<InputException>(() => Bind(set));
        Assert.Contains(named, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("risk.position_max=-1", "above 0. Write position_max = 10, or")]
    [InlineData("risk.daily_loss_max=0", "above 0 and at most 1000000000000000. Write daily_loss_max = 1000, or")]
    [InlineData("risk.order_rate_window=0s", "above 0 and at most \"1d\". Write order_rate_window = \"1s\", or")]
    [InlineData("risk.order_rate_window=36h", "Write order_rate_window = \"1d\", or")]
    [InlineData("risk.open_orders_max=0", "from 1 to 1000000. Write open_orders_max = 1, or")]
    [InlineData("risk.kill.stale_data=0s", "above 0 and at most \"1d\". Write stale_data = \"1s\", or")]
    public void What_is_suggested_is_what_somebody_could_mean(string set, string words) => Assert.Contains(words, Assert.Throws<InputException>(() => Bind(set)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_group_that_names_an_unknown_instrument_is_refused_with_the_nearest()
    {
        RiskLimits limits = Bind("risk.group.a.instruments=CLX6", "risk.group.a.gross_notional_max=5");
        InputException wrong = Assert.Throws<InputException>(() => RiskBinding.RequireSymbols(limits, ["CLX5"], "day.dbn"));
        Assert.Contains("Is CLX5 meant?", wrong.Message, StringComparison.Ordinal);
        RiskBinding.RequireSymbols(limits, ["CLX5", "CLX6"], "day.dbn");
    }

    private static RiskLimits Bind(params string[] set)
    {
        const string run = "[data]\nfile = \"x.dbn\"\n[[strategy]]\nname = \"quoter\"\n";
        return BacktestSettings.Bind(ConfigurationLayers.FromText("run.toml", run, set, new Dictionary<string, string>(), "/market")).Engine.Limits;
    }
}
