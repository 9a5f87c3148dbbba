using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio.States;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Tests.Host.Configuration;

namespace Fathom.Tests.Host.Sessions;

public class StateBindingTests
{
    private const string Run = """
        [data]
        file = "x.dbn"
        [[strategy]]
        name = "quoter"
        [risk]
        position_max = 10
        """;

    [Fact]
    public void Sections_that_are_not_written_are_off_and_no_part_of_the_configuration()
    {
        EngineOptions options = Bind();
        Assert.Equal((null, null, false), (options.States, options.Adaptive, options.CutsToLimits));
        string canonical = System.Text.Encoding.UTF8.GetString(options.Configuration.Span);
        Assert.DoesNotContain("risk.states", canonical, StringComparison.Ordinal);
        Assert.DoesNotContain("risk.adaptive", canonical, StringComparison.Ordinal);
        Assert.DoesNotContain("risk.adjust", canonical, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_of_the_states_reaches_its_option()
    {
        StateOptions options = Bind("risk.states.position=[0.7, 0.8, 0.9]", "risk.states.drawdown=[0.01, 0.02, 0.03]", "risk.states.day_drawdown=[0.04, 0.05, 0.06]", "risk.states.volatility=[2, 3, 4]",
            "risk.states.release=0.2", "risk.states.hold=5m", "risk.states.warning_size=0.25", "risk.states.warning_widen=3", "risk.states.over_limit=liquidate", "risk.adjust=true").States!;
        Assert.Equal(new StateOptions
        {
            Position = Thresholds(700, 800, 900),
            Drawdown = Thresholds(10, 20, 30),
            DayDrawdown = Thresholds(40, 50, 60),
            Volatility = Thresholds(2_000, 3_000, 4_000),
            Release = 0.2m,
            Hold = Duration.FromMilliseconds(300_000),
            WarningSize = 0.25m,
            WarningWiden = 3,
            OverLimit = OverLimitAction.Liquidate,
        }, options);
        Assert.True(Bind("risk.adjust=true").CutsToLimits);
        Assert.Equal(new StateOptions { Position = Thresholds(800, 950, 1_000) }, Bind("risk.states.position=[0.8, 0.95, 1.0]").States);
    }

    [Fact]
    public void Every_key_of_adaptive_limits_reaches_its_option()
    {
        AdaptiveOptions? options = Bind("risk.adaptive.floor=0.3", "risk.adaptive.volatility_from=1.5", "risk.adaptive.loss_full=0.05", "risk.adaptive.loss_of=peak", "risk.adaptive.recovery=2h").Adaptive;
        Assert.Equal(new AdaptiveOptions { Floor = 0.3m, VolatilityFrom = 1.5m, LossFull = 0.05m, CountsFromPeak = true, Recovery = Duration.FromMilliseconds(7_200_000) }, options);
        Assert.Equal(new AdaptiveOptions { LossFull = 0.1m }, Bind("risk.adaptive.loss_full=0.1").Adaptive);
    }

    [Theory]
    [InlineData("risk.states.position=[0.9, 0.8, 1.0]", "risk.states.position", "three ratios that grow", "position = [0.8, 0.9, 1.0]")]      // warning above critical
    [InlineData("risk.states.position=[0.8, 0.8, 1.0]", "risk.states.position", "three ratios that grow", "position = [0.8, 0.95, 1.0]")]
    [InlineData("risk.states.position=[0.8, 1.0]", "risk.states.position", "three ratios that grow", "position = [0.8, 0.95, 1.0]")]
    [InlineData("risk.states.position=[-0.1, 0.8, 1.0]", "risk.states.position", "above 0", "position = [0.8, 0.95, 1.0]")]
    [InlineData("risk.states.drawdown=[0.1, 0.2, 1.5]", "risk.states.drawdown", "at most 1", "drawdown = [0.05, 0.1, 0.2]")]
    [InlineData("risk.states.volatility=[0.9, 2, 3]", "risk.states.volatility", "above 1", "volatility = [2, 3, 5]")]
    [InlineData("risk.states.margin=[0.5, 0.7, 0.9]", "risk.states.margin", "a section [margin]", "[margin]")]
    [InlineData("risk.states.hold=5m", "risk.states", "at least one of position", "position = [0.8, 0.95, 1.0]")]
    [InlineData("risk.states.release=1", "risk.states.release", "0 to 0.99", "release = 0.99")]
    [InlineData("risk.states.warning_size=2", "risk.states.warning_size", "above 0 and at most 1", "warning_size = 1")]
    [InlineData("risk.states.over_limit=panic", "risk.states.over_limit", "reduce, liquidate", "over_limit = \"reduce\"")]
    [InlineData("risk.adaptive.floor=0.5", "risk.adaptive", "volatility_from, loss_full or both", "loss_full = 0.05")]
    [InlineData("risk.adaptive.volatility_from=0.5", "risk.adaptive.volatility_from", "1 to 1000", "volatility_from = 1")]
    [InlineData("risk.adaptive.loss_of=week", "risk.adaptive.loss_of", "day, peak", "loss_of")]
    public void What_makes_no_sense_is_refused_with_a_fix(string set, string key, string expected, string fix)
    {
        InputException exception = Assert.Throws<InputException>(() => Bind(set));
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(fix, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void States_and_adaptive_limits_need_a_limit_to_go_by()
    {
        const string bare = "[data]\nfile = \"x.dbn\"\n[[strategy]]\nname = \"quoter\"\n";
        InputException position = Assert.Throws<InputException>(() => BacktestSettings.Bind(AConfiguration.Of(bare + "[risk.states]\nposition = [0.8, 0.95, 1.0]\n", [])));
        Assert.Contains("position_max", position.Message, StringComparison.Ordinal);
        InputException adaptive = Assert.Throws<InputException>(() => BacktestSettings.Bind(AConfiguration.Of(bare + "[risk.adaptive]\nloss_full = 0.1\n", [])));
        Assert.Contains("gross_notional_max", adaptive.Message, StringComparison.Ordinal);
        InputException floor = Assert.Throws<InputException>(() => Bind("risk.adaptive.loss_full=0.1", "risk.adaptive.floor=1"));
        Assert.Contains("less than 1", floor.Message, StringComparison.Ordinal);
    }

    private static EngineOptions Bind(params string[] sets) => BacktestSettings.Bind(AConfiguration.Of(Run, sets)).Engine;

    private static StateThresholds Thresholds(int warning, int critical, int overLimit) => new(warning * 1_000_000L, critical * 1_000_000L, overLimit * 1_000_000L);
}
