using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Host.Sessions;
using Fathom.Tests.Host.Configuration;

namespace Fathom.Tests.Host.Sessions;

public class LiquidationBindingTests
{
    private const string Run = """
        [data]
        file = "x.dbn"
        [[strategy]]
        name = "quoter"
        """;

    [Fact]
    public void What_is_left_out_is_the_engines_default() => Assert.Equal(new LiquidationOptions(), Bind());

    [Fact]
    public void Every_key_reaches_its_option() => Assert.Equal(
        new LiquidationOptions
        {
            Slice = 0.1,
            Share = 0.2,
            Interval = Duration.FromMilliseconds(300),
            FloorBps = 40,
            FloorMaxBps = 500,
            WidenBps = 60,
            Patience = Duration.FromMilliseconds(7_000),
            RejectsMax = 8,
        },
        Bind("risk.liquidation.slice=0.1", "risk.liquidation.share=0.2", "risk.liquidation.interval=300ms", "risk.liquidation.floor_bps=40", "risk.liquidation.floor_max_bps=500", "risk.liquidation.widen_bps=60",
            "risk.liquidation.patience=7s", "risk.liquidation.rejects_max=8"));

    [Theory]
    [InlineData("risk.liquidation.slice=0", "risk.liquidation.slice")]
    [InlineData("risk.liquidation.slice=1.1", "risk.liquidation.slice")]
    [InlineData("risk.liquidation.share=2", "risk.liquidation.share")]
    [InlineData("risk.liquidation.interval=0s", "risk.liquidation.interval")]
    [InlineData("risk.liquidation.widen_bps=0", "risk.liquidation.widen_bps")]
    [InlineData("risk.liquidation.floor_max_bps=10000", "risk.liquidation.floor_max_bps")]
    [InlineData("risk.liquidation.rejects_max=0", "risk.liquidation.rejects_max")]
    [InlineData("risk.liquidation.floor_bps=501", "expected at most risk.liquidation.floor_max_bps (500)")]
    [InlineData("risk.liquidation.floor_max_bps=49", "risk.liquidation.floor_bps: found 50 (default, beside the floor_max_bps that was written)")]
    [InlineData("risk.liquidation.patience=999ms", "expected at least risk.liquidation.interval (1s)")]
    [InlineData("risk.liquidation.interval=11s", "risk.liquidation.patience: found 10s (default")]
    [InlineData("risk.liquidation.slices=1", "risk.liquidation.slice")]
    public void What_makes_no_sense_is_refused(string set, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Bind(set)).Message, StringComparison.Ordinal);

    private static LiquidationOptions Bind(params string[] sets) => BacktestSettings.Bind(AConfiguration.Of(Run, sets)).Engine.Liquidation;
}
