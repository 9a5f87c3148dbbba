using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;

namespace Fathom.Tests.Host.Sessions;

public class SizingBindingTests
{
    [Fact]
    public void Each_method_takes_its_own_numbers()
    {
        SizingOptions set = Bind("method = \"fixed\"\nquantity = 2.5\nequity_share = 0.5\nquantity_max = 10\nnotional_max = 1000\nleverage_max = 0.5");
        Assert.Equal((SizingMethod.Fixed, Quantity.From(2.5m), 0.5m), (set.Method, set.Quantity, set.EquityShare));
        Assert.Equal((Quantity.Units(10), 1_000m, 0.5m), (set.Caps.QuantityMax, set.Caps.NotionalMax!.Value, set.Caps.LeverageMax!.Value));
        Assert.Equal(20_000m, Bind("method = \"notional\"\nnotional = 20000").Notional);
        Assert.Equal(0.2m, Bind("method = \"notional\"\nequity_fraction = 0.2").EquityFraction);
        set = Bind("method = \"volatility\"\ndaily_volatility_fraction = 0.01");
        Assert.Equal(0.01m, set.EquityFraction);
        Assert.Equal(250m, Bind("method = \"volatility\"\ndaily_volatility = 250").DailyVolatility);
        set = Bind("method = \"kelly\"\nfallback_fraction = 0.05");
        Assert.Equal((0.5m, KellyForm.Discrete, true, 200, 30, 0.05m), (set.KellyFraction, set.KellyForm, set.IsShrunk, set.TradesMax, set.TradesMin, set.FallbackFraction));
        set = Bind("method = \"kelly\"\nfallback_fraction = 0.05\nkelly_fraction = 1\nkelly_form = \"continuous\"\nshrink = false\nscratch_bps = 2");
        Assert.Equal((1m, KellyForm.Continuous, false, 0.0002m), (set.KellyFraction, set.KellyForm, set.IsShrunk, set.ScratchFraction));
    }

    [Fact]
    public void Risk_goes_by_the_stop_that_is_kept_or_by_one_of_its_own()
    {
        Assert.Equal(PriceDistance.OfBps(20), Bind("method = \"risk\"\nrisk_fraction = 0.01\nstop_bps = 20").Stop);
        Assert.Equal(PriceDistance.OfTicks(8), Bind("method = \"risk\"\nrisk_fraction = 0.01\n[strategy.exits]\nstop_loss_ticks = 8").Stop);
        Assert.Equal(PriceDistance.OfTicks(4), Bind("method = \"risk\"\nrisk_fraction = 0.01\n[strategy.exits]\ntrailing_ticks = 4").Stop);
    }

    [Theory]
    [InlineData("quantity = 1", "sizing.method", "text")]
    [InlineData("method = \"fixed\"", "sizing.quantity", "")]
    [InlineData("method = \"half\"", "sizing.method", "fixed, notional, volatility, risk, kelly")]
    [InlineData("method = \"fixed\"\nquantity = -1", "sizing.quantity", "")]
    [InlineData("method = \"fixed\"\nquantity = 1\nrisk_fraction = 0.1", "sizing.risk_fraction", "nothing where the method is fixed")]
    [InlineData("method = \"notional\"", "sizing.method", "notional or equity_fraction")]
    [InlineData("method = \"notional\"\nnotional = 5\nequity_fraction = 1", "sizing.equity_fraction", "nothing beside notional")]
    [InlineData("method = \"volatility\"\ndaily_volatility_fraction = 2", "sizing.daily_volatility_fraction", "")]
    [InlineData("method = \"volatility\"\ndaily_volatility = 100\nnotional = 5", "sizing.notional", "nothing where the method is volatility")]
    [InlineData("method = \"risk\"\nrisk_fraction = 0.01", "sizing.method", "a stop")]
    [InlineData("method = \"risk\"\nrisk_fraction = 0.01\nstop = 5", "sizing.stop", "stop_ticks or stop_bps")]
    [InlineData("method = \"risk\"\nstop_ticks = 5", "sizing.risk_fraction", "")]
    [InlineData("method = \"risk\"\nrisk_fraction = 0.01\nstop_ticks = 5\n[strategy.exits]\nstop_loss_ticks = 8", "sizing.stop_ticks", "nothing beside the stop")]
    [InlineData("method = \"kelly\"\nfallback_fraction = 0.05\nkelly_fraction = 1.5", "sizing.kelly_fraction", "at most 1")]
    [InlineData("method = \"kelly\"\nfallback_fraction = 0.05\nkelly_fraction = 0", "sizing.kelly_fraction", "")]
    [InlineData("method = \"kelly\"", "sizing.fallback_fraction", "")]
    [InlineData("method = \"kelly\"\nfallback_fraction = 0.05\ntrades_max = 20", "sizing.trades_min", "no more than trades_max (20)")]
    [InlineData("method = \"fixed\"\nquantity = 1\nequity_share = 1.5", "sizing.equity_share", "")]
    [InlineData("method = \"fixed\"\nquantity = 1\nnotional_max = 0", "sizing.notional_max", "")]
    public void Mistakes_are_told_with_their_key(string text, string key, string expected)
    {
        InputException wrong = Assert.Throws<InputException>(() => Bind(text));
        Assert.Contains(key, wrong.Subject, StringComparison.Ordinal);
        Assert.Contains(expected, wrong.Expected, StringComparison.Ordinal);
        Assert.NotEmpty(wrong.Fix);
    }

    private static SizingOptions Bind(string sizing) =>
        StrategyBinding.Bind(ConfigurationLayers.FromText("run.toml", $"[[strategy]]\nname = \"quoter\"\n[strategy.sizing]\n{sizing}", [], new Dictionary<string, string>(), "/work").Root.Tables("strategy")[0], []).Sizing!;
}
