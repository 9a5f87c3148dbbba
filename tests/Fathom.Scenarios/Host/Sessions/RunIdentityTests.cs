using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Fathom.Host;
using Fathom.Host.Sessions;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>What makes two runs the same run, and what makes them two.</summary>
public sealed class RunIdentityTests : IDisposable
{
    private const long Events = 10_000;

    private const string Toml = """
        venue = { entry_latency = "2ms", response_latency = "1ms" }
        fees = { per_contract = 0.62 }
        risk = { position_max = 10 }
        [[strategy]]
        name = "quoter"
        params = { half_spread = 0, size = 2 }
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Two_runs_a_compressed_file_and_another_place_on_the_disk_are_the_same_run()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad("libzstd.so.1", out _), "libzstd is missing; ./test --install brings it");
        string plain = _runs.Market("market.dbn", Events), packed = _runs.Market("packed.dbn.zst", Events);
        Assert.Single(new[] { Run(plain, "a"), Run(plain, "b"), Run(packed, "c"), Run(packed, "d") }.Distinct());
        Assert.Equal(File.ReadAllBytes(_runs.PathOf("a", "fills.csv")), File.ReadAllBytes(_runs.PathOf("d", "fills.csv")));
        Assert.True(_runs.Rows("a", "fills.csv").Count() > 10, "the run that repeats is one that trades");
    }

    [Fact]
    public void Processor_paths_and_how_the_answer_is_shown_are_no_part_of_it()
    {
        string market = _runs.Market("market.dbn", Events), config = _runs.PathOf("config.toml");
        File.WriteAllText(config, Toml);
        string[] arguments = ["backtest", config, "--set", $"data.file={market}", "--out"];
        string expected = Run(market, "here");

        (int exitCode, string shown, string error) = SmallRuns.Command([.. arguments, _runs.PathOf("shown")]);
        Assert.True(exitCode == 0, error);
        Assert.Contains(expected, shown, StringComparison.Ordinal);
        using JsonDocument told = JsonDocument.Parse(SmallRuns.Command([.. arguments, _runs.PathOf("told"), "--json"]).Output);
        Assert.Equal(expected, told.RootElement.GetProperty("fingerprint").GetString());
        Assert.Equal(expected, _runs.Summary("shown").GetProperty("fingerprint").GetString());
        Assert.Equal(expected, _runs.Report("shown").GetProperty("summary").GetProperty("fingerprint").GetString());

        ProcessStartInfo start = new("dotnet", [typeof(Program).Assembly.Location, .. arguments, _runs.PathOf("plain")])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableHWIntrinsic"] = "0" },
        };
        using Process process = Process.Start(start)!;
        Assert.Contains(expected, process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_can_change_the_result_makes_another_run_and_nothing_else_does()
    {
        string market = _runs.Market("market.dbn", Events), other = _runs.Market("other.dbn", Events, seed: 8);
        string[] changes =
        [
            "fees.maker_bps=0.1", "fees.taker_bps=0.1", "fees.per_contract=0.63", "venue.entry_latency=2001us", "venue.response_latency=999us", "venue.feed_latency=1us",
            "risk.position_max=11", "risk.quantity_max=1000", "risk.price_collar_bps=10000", "risk.order_rate_max=1000000", "risk.daily_loss_max=1000000000", "risk.gross_notional_max=1000000000000",
            "strategy.params.half_spread=1", "strategy.params.size=3", "strategy.id=mine", "account.cash=100001", "features.trade_window=9s", "report.equity_interval=2s",
            "instrument.FTHH6.multiplier=51", "account.rates.EUR=1.1",
        ];
        List<string> fingerprints = [Run(market, "same"), Run(other, "seed"), .. changes.Select((change, i) => Run(market, $"{i}", change))];
        Assert.Equal(fingerprints.Count, fingerprints.Distinct().Count());
        Assert.Equal(fingerprints[0], Run(market, "days", "report.days_per_year=365", "data.allow_truncated=true"));      // display, and what did not happen
        Assert.Equal(fingerprints[0], Run(market, "stated", "report.equity_interval=1s", "strategy.params.skew=0.5"));      // a default is the value that it is
    }

    private string Run(string market, string folder, params string[] sets)
    {
        BacktestResult result = _runs.Run(SmallRuns.Bind(Toml, market, sets), folder);
        return result.Fingerprint;
    }
}
