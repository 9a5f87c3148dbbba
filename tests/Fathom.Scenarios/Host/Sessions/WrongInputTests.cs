using System.Runtime.InteropServices;
using Fathom.Data.Dbn;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Simulation.Generator;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>Input that is wrong is refused before anything runs, in words that say what, where, what instead and how; nothing is left behind.</summary>
public sealed class WrongInputTests : IDisposable
{
    private const string Good = """
        [venue]
        entry_latency = "1ms"
        [fees]
        maker_bps = 0
        [[strategy]]
        name = "quoter"
        [strategy.params]
        half_spread = 1
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    /// <summary>Subject, found, expected and fix: a piece of each.</summary>
    [Theory]
    [InlineData("strategy.0.name", "\"quotre\"", "one of band-reversion, breakout, buy-and-hold, imbalance-taker, ofi-scalper, quoter, rsi-reversion, sma-cross", "Did you mean \"quoter\"?", "strategy.0.name=quotre")]
    [InlineData("strategy.0.name", "\"zzz\"", "one of band-reversion, breakout, buy-and-hold, imbalance-taker, ofi-scalper, quoter, rsi-reversion, sma-cross", "Write name = \"band-reversion\" or another of them.", "strategy.0.name=zzz")]
    [InlineData("--set strategy.0.params.half_spraed", "the unknown key strategy.0.params.half_spraed", "strategy.0.params.half_spread", "Correct the spelling", "strategy.0.params.half_spraed=1")]
    [InlineData("strategy.0.params.size", "-1", "above 0 and at most", "Write size = 10", "strategy.0.params.size=-1")]
    [InlineData("strategy.0.params.size", "\"big\"", "a quantity with at most nine decimals, above 0", "Write size =", "strategy.0.params.size=big")]
    [InlineData("strategy.0.params.requote", "1.5", "a whole number, from 1 to 100000", "Write requote =", "strategy.0.params.requote=1.5")]
    [InlineData("fees.maker_bps", "-10001", "from -10000 to 10000", "Write maker_bps = -10000", "fees.maker_bps=-10001")]
    [InlineData("fees.per_contract", "10001", "from -10000 to 10000", "Write per_contract = 10000", "fees.per_contract=10001")]
    [InlineData("fees.taker_bps", "0.0000000001", "at most nine decimals", "Round it.", "fees.taker_bps=0.0000000001")]
    [InlineData("instrument.FTHH6.taker_bps", "20000", "from -10000 to 10000", "Write taker_bps = 10000", "instrument.FTHH6.taker_bps=20000")]
    [InlineData("venue.entry_latency", "\"-1ms\"", "from \"0s\" to", "Write entry_latency =", "venue.entry_latency=-1ms")]
    [InlineData("venue.response_latency", "\"2h\"", "to \"", "Write response_latency =", "venue.response_latency=2h")]
    [InlineData("market.dbn", "no market-by-order record between data.start and data.end", "at least one", "fathom data info", "data.start=2001-01-01T00:00:00Z", "data.end=2001-01-02T00:00:00Z")]
    [InlineData("data.instrument", "'NOPE'", "FTHH6", "Name one of them", "data.instrument=NOPE")]
    [InlineData("data.instrument", "'NOPE'", "FTHH6", "Name one of them", "data.instrument=[\"FTHH6\", \"NOPE\"]")]
    [InlineData("data.start", "2026-01-02T00:00:00Z", "a time before data.end (2026-01-01T00:00:00.000000000Z)", "Swap or change them.", "data.start=2026-01-02T00:00:00Z", "data.end=2026-01-01T00:00:00Z")]
    [InlineData("data.start", "soon", "a time", "Write start =", "data.start=soon")]
    [InlineData("data.file", "", "a file", "Name", "data.file=")]
    [InlineData("nowhere.dbn", "no such file", "", "", "data.file=nowhere.dbn")]
    [InlineData("--set risk.position_maks", "the unknown key risk.position_maks", "risk.position_max", "Correct the spelling", "risk.position_maks=1")]
    [InlineData("risk.position_max", "0", "above 0", "Write position_max = 10", "risk.position_max=0")]
    [InlineData("risk.kill.drawdown", "0.05", "more than 0.06, the last of risk.states.drawdown = [0.02, 0.04, 0.06]", "write drawdown = 0.12", "risk.states.drawdown=[0.02, 0.04, 0.06]", "risk.kill.drawdown=0.05")]
    [InlineData("risk.kill.daily_loss", "4000", "more than risk.daily_loss_max = 5000", "write daily_loss = 10000", "risk.daily_loss_max=5000", "risk.kill.daily_loss=4000")]
    [InlineData("account.rates.USD", "1.1", "another currency than USD", "needs no rate", "account.rates.USD=1.1")]
    [InlineData("account.rates.EUR", "0", "above 0 and at most", "Write EUR = 0.25", "account.rates.EUR=0")]
    [InlineData("account.cash", "-1", "from 0 to", "Write cash = 0", "account.cash=-1")]
    [InlineData("instrument.FTHH6.kind", "\"inverted\"", "one of linear, spot, inverse", "", "instrument.FTHH6.kind=inverted")]
    [InlineData("instrument.FTHH6.tick", "0", "above 0", "Write tick = 0.01", "instrument.FTHH6.tick=0")]
    [InlineData("report.equity_interval", "\"-1s\"", "from \"0s\" to", "Write equity_interval =", "report.equity_interval=-1s")]
    public void It_is_refused_with_what_was_found_what_was_expected_and_the_fix(string subject, string found, string expected, string fix, params string[] sets) =>
        CheckRefused(Good, _runs.PathOf("out"), sets, subject, found, expected, fix);

    private const string Twice = Good + """

        [[strategy]]
        name = "quoter"
        """;

    [Fact]
    public void Two_strategies_of_one_name_need_names_of_their_own() =>
        CheckRefused(Twice, _runs.PathOf("out"), [], "strategy.1.id", "nothing", "another name than 'quoter'", "id = \"quoter-2\"");

    [Fact]
    public void No_strategy_is_nothing_to_run() => CheckRefused("", _runs.PathOf("out"), [], "[[strategy]]", "none", "at least one", "name = \"quoter\"");

    [Fact]
    public void An_inverse_instrument_that_settles_in_nothing_is_refused()
    {
        using (MoneylessMarket source = new(new MarketGenerator(new GeneratorOptions { Preset = "demo", Events = 500, Seed = 7 })))
        using (DbnWriter file = DbnWriter.Create(_runs.PathOf("market.dbn")))
        {
            byte[] block = GC.AllocateArray<byte>(64 << 10, pinned: true);
            for (int length; (length = source.Read(block)) > 0;) file.Write(block.AsSpan(0, length));
            file.Complete();
        }
        CheckRefused(Good, _runs.PathOf("out"), ["instrument.FTHH6.kind=inverse"], "instrument FTHH6", "kind inverse without a currency", "the coin in which it settles", "currency in [instrument.\"FTHH6\"]");
    }

    [Fact]
    public void A_file_in_the_folder_s_place_is_refused_and_left_alone()
    {
        string file = _runs.PathOf("taken");
        File.WriteAllText(file, "mine");
        CheckRefused(Good, file, [], "taken", "a file", "a folder for the run's files", "Name another place with --out.");
        CheckRefused(Good, Path.Combine(file, "under", "it"), [], "taken", "a file", "a folder for the run's files", "Name another place with --out.");
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void Of_a_deep_folder_nothing_is_left_and_of_an_old_one_everything()
    {
        string old = _runs.PathOf("old"), deep = Path.Combine(old, "a", "b", "c");
        Directory.CreateDirectory(old);
        File.WriteAllText(Path.Combine(old, "summary.json"), "mine");
        string[] sets = ["data.instrument=NOPE"];
        CheckRefused(Good, deep, sets, "data.instrument", "'NOPE'", "FTHH6", "Name one of them");
        CheckRefused(Good, old, sets, "data.instrument", "'NOPE'", "FTHH6", "Name one of them");
        Assert.Equal([Path.Combine(old, "summary.json")], Directory.GetFileSystemEntries(old));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(old, "summary.json")));
    }

    private void CheckRefused(string toml, string folder, string[] sets, params string[] pieces)
    {
        string config = _runs.PathOf("config.toml"), market = _runs.PathOf("market.dbn");
        if (!File.Exists(market)) _runs.Market("market.dbn", events: 500);
        File.WriteAllText(config, toml);
        bool wasThere = Path.Exists(folder);
        List<string> arguments = ["backtest", config, "--json", "--out", folder, "--set", $"data.file={market}"];
        foreach (string set in sets) arguments.AddRange(["--set", set]);
        (int exitCode, string output, string error) = SmallRuns.Command([.. arguments]);

        Assert.True(exitCode == 2, $"exit code {exitCode}: {output}{error}");
        Assert.Empty(output);
        int from = 0;
        foreach (string piece in pieces)
        {
            int at = error.IndexOf(piece, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{piece}' is not behind the {from}th character of: {error}");
            from = at + piece.Length;
        }
        Assert.True(wasThere || !Path.Exists(folder), "no folder is left of a run that was not");
        Assert.DoesNotContain(Directory.EnumerateFiles(_runs.Folder, "*.partial", SearchOption.AllDirectories), _ => true);
    }

    /// <summary>A source whose definitions state no currency.</summary>
    private sealed class MoneylessMarket(IMessageSource inner) : IMessageSource
    {
        public int Read(Span<byte> buffer)
        {
            int length = inner.Read(buffer);
            for (int at = 0; at < length; at += Messages.Header(buffer[at..]).Length)
            {
                if (Messages.Header(buffer[at..]).Type != MessageType.InstrumentDefined) continue;
                ref InstrumentDefinition definition = ref MemoryMarshal.AsRef<InstrumentDefinition>(buffer[at..]);
                definition.Currency = CurrencyCode.None;
                definition.Assumed |= InstrumentAssumptions.Currency;
            }
            return length;
        }

        public void Dispose() => inner.Dispose();
    }
}
