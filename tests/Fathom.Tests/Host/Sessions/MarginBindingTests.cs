using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Host.Sessions;
using Fathom.Tests.Host.Configuration;

namespace Fathom.Tests.Host.Sessions;

public class MarginBindingTests
{
    private const string Run = """
        [data]
        file = "x.dbn"
        [[strategy]]
        name = "quoter"

        """;

    [Fact]
    public void Without_the_section_nothing_is_held_to_margin_and_nothing_is_in_the_fingerprint()
    {
        BacktestSettings settings = Settings("");
        Assert.Null(settings.Engine.Margin);
        Assert.Equal(new VolatilityOptions(), settings.Engine.Volatility);
        string canonical = System.Text.Encoding.UTF8.GetString(settings.Engine.Configuration.Span);
        Assert.DoesNotContain("margin", canonical, StringComparison.Ordinal);
        Assert.DoesNotContain("volatility", canonical, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_reaches_its_option()
    {
        MarginOptions margin = Bind("""
            [margin]
            mode = "isolated"
            leverage = 12.5
            close_fee_bps = 5.5
            maintenance_on = "entry"
            safety_buffer = 0.05
            tiers = [
              { notional_from = 0, maintenance_bps = 40 },
              { notional_from = 50000, maintenance_bps = 50 },
            ]
            [instrument."CL".margin]
            initial_per_contract = 5500
            maintenance_per_contract = 5000
            close_fee_bps = 0
            [instrument."NG".margin]
            leverage = 20
            [instrument."RB".margin]
            maintenance_bps = 60
            maintenance_on = "mark"
            [instrument."HO"]
            tick = 0.0001
            """)!;
        Assert.Equal((MarginMode.Isolated, 0.05m), (margin.Mode, margin.SafetyBuffer));
        Same(new MarginTerms { Leverage = 12.5m, CloseFeeBps = 5.5m, Basis = MaintenanceBasis.Entry, Tiers = [new(0, 40), new(50_000, 50)] }, margin.Usual);
        Assert.Equal(["CL", "NG", "RB"], margin.BySymbol.Keys.Order());
        Same(new MarginTerms { InitialPerContract = 5_500, MaintenancePerContract = 5_000, Basis = MaintenanceBasis.Entry }, margin.BySymbol["CL"]);
        Same(margin.Usual with { Leverage = 20 }, margin.BySymbol["NG"]);
        Same(margin.Usual with { Tiers = [new(0, 60)], Basis = MaintenanceBasis.Mark }, margin.BySymbol["RB"]);
    }

    [Fact]
    public void Tiers_may_stand_in_sections_of_their_own_and_the_run_can_be_given_again()
    {
        BacktestSettings settings = Settings("""
            [margin]
            leverage = 10
            [[margin.tiers]]
            notional_from = 0
            maintenance_bps = 40
            [[margin.tiers]]
            notional_from = 1000
            maintenance_bps = 90
            """);
        Assert.Equal([new(0, 40), new(1_000, 90)], settings.Engine.Margin!.Usual.Tiers);
        BacktestSettings again = BacktestSettings.Bind(AConfiguration.Of(settings.AsUsed));
        Assert.Equal(settings.Engine.Margin.Usual.Tiers, again.Engine.Margin!.Usual.Tiers);
        Assert.True(settings.Engine.Configuration.Span.SequenceEqual(again.Engine.Configuration.Span));
        Assert.Contains("margin.tiers.1.maintenance_bps = 90\n", System.Text.Encoding.UTF8.GetString(settings.Engine.Configuration.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[margin]\nleverage = 0.5", "margin.leverage", "1 to 1000")]
    [InlineData("[margin]\nleverage = -3", "margin.leverage", "1 to 1000")]
    [InlineData("[margin]", "neither leverage nor initial_per_contract", "Write leverage = 10")]
    [InlineData("[margin]\nleverage = 10\ninitial_per_contract = 5", "margin.initial_per_contract", "nothing beside leverage")]
    [InlineData("[margin]\ninitial_per_contract = -5", "margin.initial_per_contract", "above 0 and at most 1000000000")]
    [InlineData("[margin]\nleverage = 10\nmaintenance_bps = -1", "margin.maintenance_bps", "0 to 9999")]
    [InlineData("[margin]\nleverage = 10\nmaintenance_bps = 5\nmaintenance_per_contract = 5", "margin.maintenance_per_contract", "nothing beside maintenance_bps")]
    [InlineData("[margin]\nleverage = 10\nmaintenance_bps = 5\ntiers = [{ notional_from = 0, maintenance_bps = 4 }]", "margin.tiers", "nothing beside maintenance_bps")]
    [InlineData("[margin]\nleverage = 10\nmaintenance_bps = 1001", "maintenance of 1001 bps, a fee for closing of 0, initial margin of 1000", "Lower the maintenance or the leverage")]
    [InlineData("[margin]\nleverage = 10\nmaintenance_bps = 999\nclose_fee_bps = 2", "maintenance of 999 bps, a fee for closing of 2, initial margin of 1000", "not above initial")]
    [InlineData("[margin]\ninitial_per_contract = 5\nmaintenance_per_contract = 6", "maintenance of 6 a contract, initial margin of 5", "not above initial")]
    [InlineData("[margin]\nleverage = 10\ntiers = [{ notional_from = 5, maintenance_bps = 4 }]", "margin.tiers.0.notional_from", "0, where the first tier begins")]
    [InlineData("[margin]\nleverage = 10\ntiers = [{ notional_from = 0, maintenance_bps = 4 }, { notional_from = 9, maintenance_bps = 5 }, { notional_from = 9, maintenance_bps = 6 }]", "margin.tiers.2.notional_from", "more than that of the tier before it (9)")]
    [InlineData("[margin]\nleverage = 10\ntiers = [{ notional_from = 0, maintenance_bps = 4 }, { notional_from = 9, maintenance_bps = 3 }]", "margin.tiers.1.maintenance_bps", "at least that of the tier before it (4)")]
    [InlineData("[margin]\nleverage = 10\ntiers = [{ notional_from = 0 }]", "margin.tiers.0.maintenance_bps", "nothing")]
    [InlineData("[margin]\nleverage = 10\ntiers = 5", "margin.tiers", "sections [[margin.tiers]]")]
    [InlineData("[margin]\nleverage = 10\nsafety_buffer = 1", "margin.safety_buffer", "0 to")]
    [InlineData("[margin]\nleverage = 10\nmode = \"crossed\"", "margin.mode", "Did you mean \"cross\"?")]
    [InlineData("[margin]\nleverage = 10\nmaintenance_on = \"marks\"", "margin.maintenance_on", "Did you mean \"mark\"?")]
    [InlineData("[margin]\nleverage = 10\nlevrage = 5", "margin.levrage", "margin.leverage")]
    [InlineData("[margin]\nleverage = 10\nmaintenance_bps = 0.00001", "margin.maintenance_bps", "at most 4 decimals")]
    [InlineData("[instrument.\"CL\".margin]\nleverage = 10", "margin of one instrument", "a section [margin] too")]
    [InlineData("[margin]\nleverage = 10\n[instrument.\"CL\".margin]\nleverage = 0", "instrument.CL.margin.leverage", "1 to 1000")]
    [InlineData("[margin]\nleverage = 10\nmaintenance_bps = 600\n[instrument.\"CL\".margin]\nleverage = 20", "instrument.CL.margin", "initial margin of 500")]
    [InlineData("[risk.volatility]\nwindow = \"5s\"\nsample = \"3s\"", "risk.volatility.window", "whole samples")]
    [InlineData("[risk.volatility]\nsample = \"40s\"", "risk.volatility.window: found 60s (default)", "whole samples (40s each)")]
    [InlineData("[risk.volatility]\nwindow = 5", "risk.volatility.window", "a duration with a unit")]
    public void Terms_that_make_no_sense_are_refused(string section, string found, string expected)
    {
        InputException wrong = Assert.Throws<InputException>(() => Bind(section));
        Assert.Contains(found, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_window_of_volatility_is_stated_with_units()
    {
        VolatilityOptions options = Settings("[risk.volatility]\nwindow = \"30s\"\nsample = \"500ms\"\nusual_half_life = \"10m\"").Engine.Volatility;
        Assert.Equal((Duration.FromMilliseconds(30_000), Duration.FromMilliseconds(500), Duration.FromMilliseconds(600_000)), (options.Window, options.Sample, options.UsualHalfLife));
    }

    private static void Same(MarginTerms expected, MarginTerms found)
    {
        Assert.Equal(expected.Tiers, found.Tiers);
        Assert.Equal(expected with { Tiers = [] }, found with { Tiers = [] });
    }

    private static MarginOptions? Bind(string section) => Settings(section).Engine.Margin;

    private static BacktestSettings Settings(string section) => BacktestSettings.Bind(AConfiguration.Of(Run + section));
}
