using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Fathom.Host;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>The main job through the command line: generate a market, run the quoter on it, read what it wrote.</summary>
public sealed class BacktestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-backtest").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_repeats_itself_and_its_money_adds_up()
    {
        string market = Generate("market.dbn", seed: 7);
        JsonElement first = Backtest(market, "a"), second = Backtest(market, "b");

        Assert.Equal(first.GetProperty("fingerprint").GetString(), second.GetProperty("fingerprint").GetString());
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "a", "orders.csv")), File.ReadAllBytes(Path.Combine(_folder, "b", "orders.csv")));
        Assert.True(first.GetProperty("fills").GetInt64() > 20, "the quoter trades on a generated market");
        Assert.Equal(0, first.GetProperty("anomalies").GetProperty("crossed").GetInt64());

        decimal Money(string name) => decimal.Parse(first.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(Money("equity_end"), Money("equity_start") + Money("realized_pnl") + Money("unrealized_pnl") - Money("fees"));
        Assert.Equal(Money("fees"), 0.62m * SumOfFills(Path.Combine(_folder, "a", "fills.csv")));
    }

    /// <summary>Changes only with the generator, the strategy, the configuration's vocabulary or a message's layout: say so in the changelog.</summary>
    [Fact]
    public void The_fingerprint_is_the_committed_one_with_and_without_the_processor_s_vector_paths()
    {
        const string Golden = "034735b2a8b16b5d1cd0484f9465c733";
        string market = Generate("market.dbn", seed: 7);
        Assert.Equal(Golden, Fingerprint(Backtest(market, "a")));
        foreach (string off in (string[])["DOTNET_EnableHWIntrinsic", "DOTNET_TieredPGO"])
        {
            ProcessStartInfo start = new("dotnet", [typeof(Program).Assembly.Location, "backtest", Sample(), "--json", "--out", Path.Combine(_folder, off), "--set", $"data.file={market}"])
            {
                RedirectStandardOutput = true,
                Environment = { [off] = "0" },
            };
            using Process process = Process.Start(start)!;
            Assert.Equal(Golden, Fingerprint(JsonDocument.Parse(process.StandardOutput.ReadToEnd()).RootElement));
        }
    }

    [Fact]
    public void A_compressed_file_gives_the_same_run()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad("libzstd.so.1", out _), "libzstd is missing; ./test --install brings it");
        Assert.Equal(Fingerprint(Backtest(Generate("market.dbn", seed: 7), "a")), Fingerprint(Backtest(Generate("market.dbn.zst", seed: 7), "b")));
    }

    [Fact]
    public void Another_seed_another_latency_and_another_parameter_are_other_runs()
    {
        string market = Generate("market.dbn", seed: 7), other = Generate("other.dbn", seed: 8);
        string[] fingerprints =
        [
            Fingerprint(Backtest(market, "a")),
            Fingerprint(Backtest(other, "b")),
            Fingerprint(Backtest(market, "c", "venue.entry_latency=5ms")),
            Fingerprint(Backtest(market, "d", "strategy.params.half_spread=2")),
        ];
        Assert.Equal(4, fingerprints.Distinct().Count());
    }

    [Fact]
    public void The_summary_file_is_what_was_printed_and_the_config_as_used_gives_the_run_again()
    {
        string market = Generate("market.dbn", seed: 9);
        JsonElement printed = Backtest(market, "a");
        using JsonDocument written = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "a", "summary.json")));
        Assert.Equal(printed.GetRawText(), written.RootElement.GetRawText());

        JsonElement again = Run("backtest", Path.Combine(_folder, "a", "config.toml"), "--out", Path.Combine(_folder, "again"), "--json");
        Assert.Equal(Fingerprint(printed), Fingerprint(again));
    }

    [Fact]
    public void The_position_limit_holds_at_every_fill()
    {
        string market = Generate("market.dbn", seed: 10);
        JsonElement run = Backtest(market, "a", "risk.position_max=1", "strategy.params.inventory_max=50");
        Assert.True(run.GetProperty("refused").GetInt64() > 0, "the limit was met");
        foreach (string[] row in Rows(Path.Combine(_folder, "a", "fills.csv"))) Assert.InRange(decimal.Parse(row[12], CultureInfo.InvariantCulture), -1, 1);
    }

    [Fact]
    public void A_run_that_starts_inside_the_data_has_whole_books()
    {
        string market = Generate("market.dbn", seed: 7);
        long first = Timestamp(Backtest(market, "all"), "first"), last = Timestamp(Backtest(market, "all"), "last"), middle = first + (last - first) / 2;
        JsonElement run = Backtest(market, "half", $"data.start={middle}");
        Assert.InRange(Timestamp(run, "first"), middle, last);
        Assert.InRange(run.GetProperty("events").GetInt64(), 20_000, 45_000);
        Assert.All(run.GetProperty("anomalies").EnumerateObject(), anomaly => Assert.Equal(0, anomaly.Value.GetInt64()));
        Assert.All(Rows(Path.Combine(_folder, "half", "orders.csv")), row => Assert.True(long.Parse(row[15], CultureInfo.InvariantCulture) >= middle));
    }

    [Theory]
    [InlineData("no such file", "data.file=nowhere.dbn")]
    [InlineData("NOPE", "data.instrument=NOPE")]
    [InlineData("between data.start and data.end", "data.start=2001-01-01T00:00:00Z", "data.end=2001-01-02T00:00:00Z")]
    public void Wrong_input_is_refused_and_leaves_nothing(string named, params string[] sets)
    {
        string market = Generate("market.dbn", seed: 7), folder = Path.Combine(_folder, "refused");
        List<string> arguments = ["backtest", Sample(), "--out", folder, "--set", $"data.file={market}"];
        foreach (string set in sets) arguments.AddRange(["--set", set]);
        StringWriter output = new(), error = new();
        Assert.Equal(2, Program.Run([.. arguments], output, error));
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder), "no folder is left of a run that was not");
    }

    [Fact]
    public void A_run_never_writes_over_what_it_reads()
    {
        string market = Generate("market.dbn", seed: 7), folder = Path.Combine(_folder, "own"), config = Path.Combine(folder, "config.toml");
        Directory.CreateDirectory(folder);
        File.Copy(Sample(), config);
        byte[] before = File.ReadAllBytes(config), data = File.ReadAllBytes(market);
        Assert.Equal(2, Exit("backtest", config, "--out", folder, "--set", $"data.file={market}"));
        Assert.Equal(2, Exit("book", market, "--every-event", "--csv", market));
        Assert.Equal(before, File.ReadAllBytes(config));
        Assert.Equal(data, File.ReadAllBytes(market));
    }

    [Fact]
    public void Several_instruments_run_together_or_those_that_are_named()
    {
        string market = Path.Combine(_folder, "several.dbn");
        Run("data", "generate", "--preset", "demo", "--events", "60000", "--instruments", "3", "--out", market, "--json");
        JsonElement all = Backtest(market, "all"), one = Backtest(market, "one", "data.instrument=500002"), two = Backtest(market, "two", "data.instrument=[\"500002\", \"500003\"]");
        Assert.Equal([3, 1, 2], new[] { all, one, two }.Select(run => run.GetProperty("instruments").GetArrayLength()));
        Assert.Equal(500002, one.GetProperty("instruments")[0].GetProperty("id").GetInt64());
        Assert.True(Rows(Path.Combine(_folder, "all", "fills.csv")).Select(row => row[3]).Distinct().Count() == 3, "all three trade");

        StringWriter error = new();
        Assert.Equal(2, Program.Run(["backtest", Sample(), "--out", Path.Combine(_folder, "x"), "--set", $"data.file={market}", "--set", "data.instrument=[\"500002\", \"NOPE\"]"], new StringWriter(), error));
        Assert.Contains("'NOPE'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_are_counted_by_their_reason()
    {
        JsonElement run = Backtest(Generate("market.dbn", seed: 7), "half", "strategy.params.size=0.5");
        Assert.Equal(run.GetProperty("refused").GetInt64(), run.GetProperty("reasons").GetProperty("quantity_off_lot").GetInt64());
    }

    private static int Exit(params string[] arguments) => Program.Run(arguments, new StringWriter(), new StringWriter());

    private string Generate(string name, int seed)
    {
        string path = Path.Combine(_folder, name);
        if (!File.Exists(path)) Run("data", "generate", "--preset", "demo", "--events", "60000", "--seed", $"{seed}", "--out", path, "--json");
        return path;
    }

    private JsonElement Backtest(string market, string folder, params string[] sets)
    {
        List<string> arguments = ["backtest", Sample(), "--json", "--out", Path.Combine(_folder, folder), "--set", $"data.file={market}"];
        foreach (string set in sets) arguments.AddRange(["--set", set]);
        return Run([.. arguments]);
    }

    private static JsonElement Run(params string[] arguments)
    {
        StringWriter output = new(), error = new();
        int exitCode = Program.Run(arguments, output, error);
        Assert.True(exitCode == 0, $"'{string.Join(' ', arguments)}' ended with {exitCode}: {error}");
        return JsonDocument.Parse(output.ToString()).RootElement.Clone();
    }

    private static long Timestamp(JsonElement run, string name)
    {
        Assert.True(Fathom.Domain.Values.Timestamp.TryParse(run.GetProperty(name).GetString(), out Fathom.Domain.Values.Timestamp time));
        return time.Nanos;
    }

    private static string Fingerprint(JsonElement run) => run.GetProperty("fingerprint").GetString()!;

    private static decimal SumOfFills(string path) => Rows(path).Sum(row => decimal.Parse(row[6], CultureInfo.InvariantCulture));

    private static IEnumerable<string[]> Rows(string path) => File.ReadLines(path).Skip(1).Select(line => line.Split(','));

    private static string Sample() => Path.Combine(Places.Root, "samples", "quickstart.toml");
}
