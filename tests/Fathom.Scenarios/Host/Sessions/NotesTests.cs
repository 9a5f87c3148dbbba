using System.Text.Json;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Host.Sessions;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>Plots, annotations and log of a strategy, from its callbacks to the run's files and the report.</summary>
public sealed class NotesTests : IDisposable
{
    private static readonly string[] Files = ["log.jsonl", "plots.csv", "annotations.csv"];

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void What_was_written_is_in_the_files_the_summary_and_the_report()
    {
        string market = _runs.Market("market.dbn", 20_000);
        BacktestResult result = Run("run", market, isTalkative: true);
        JsonElement summary = _runs.Summary("run"), report = _runs.Report("run"), notes = summary.GetProperty("notes");
        List<Dictionary<string, string>> plots = [.. _runs.Rows("run", "plots.csv")], annotations = [.. _runs.Rows("run", "annotations.csv")];
        List<JsonElement> log = [.. File.ReadLines(_runs.PathOf("run", "log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.True(plots.Count > 10_000 && annotations.Count > 100 && log.Count > 1_000, $"{plots.Count} points, {annotations.Count} annotations, {log.Count} records");
        Assert.Equal((plots.Count, annotations.Count), (notes.GetProperty("plots").GetInt32(), notes.GetProperty("annotations").GetInt32()));
        foreach (string level in (string[])["debug", "info", "warning", "error"])
            Assert.Equal(log.Count(entry => entry.GetProperty("level").GetString() == level), notes.GetProperty(level).GetInt32());
        Assert.Equal((0, 0), (notes.GetProperty("error").GetInt32(), notes.GetProperty("left_out").GetInt32()));
        Assert.All(annotations, row => Assert.NotEmpty(row["mid"]));
        Assert.All(log, entry => Assert.InRange(entry.GetProperty("input").GetInt64(), 1, result.Run.InputCount));

        JsonElement[] curves = [.. report.GetProperty("plots").EnumerateArray()];
        Assert.Equal(["mid", "spread"], curves.Select(curve => curve.GetProperty("name").GetString()));
        Assert.Equal(["one", "two"], curves[0].GetProperty("curves").EnumerateArray().Select(curve => curve.GetProperty("name").GetString()));
        foreach (JsonElement curve in curves.SelectMany(one => one.GetProperty("curves").EnumerateArray()))
            Assert.InRange(curve.GetProperty("t").GetArrayLength(), 1_000, 5_000);
        Assert.Equal(plots.Count, curves.Sum(one => one.GetProperty("curves").EnumerateArray().Sum(curve => curve.GetProperty("total").GetInt32())));
        Assert.Equal(annotations.Count, report.GetProperty("annotations").GetProperty("total").GetInt32());
        JsonElement[] shown = [.. report.GetProperty("log").GetProperty("rows").EnumerateArray()];
        Assert.Equal(500, shown.Length);
        JsonElement newest = log.Last(entry => entry.GetProperty("level").GetString() != "debug");
        Assert.Equal((newest.GetProperty("time").GetString(), newest.GetProperty("message").GetString()), (shown[0].GetProperty("time").GetString(), shown[0].GetProperty("message").GetString()));
    }

    [Fact]
    public void Writing_changes_nothing_that_is_traded_and_a_silent_run_has_no_files_of_it()
    {
        string market = _runs.Market("market.dbn", 20_000);
        string talkative = Run("talkative", market, isTalkative: true).Fingerprint;
        Assert.Equal(Run("silent", market, isTalkative: false).Fingerprint, talkative);
        Assert.Contains("\n", File.ReadAllText(_runs.PathOf("silent", "fills.csv")).TrimEnd('\n'), StringComparison.Ordinal);
        Assert.DoesNotContain(Files, name => File.Exists(_runs.PathOf("silent", name)));
        foreach (string name in (string[])["orders.csv", "fills.csv", "markouts.csv", "positions.csv", "equity.csv"])
            Assert.Equal(File.ReadAllText(_runs.PathOf("silent", name)), File.ReadAllText(_runs.PathOf("talkative", name)));
        foreach (string part in (string[])["plots", "annotations", "log"]) Assert.False(_runs.Report("silent").TryGetProperty(part, out _), part);
    }

    private BacktestResult Run(string folder, string market, bool isTalkative) =>
        _runs.Run(SmallRuns.With(SmallRuns.Bind("[[strategy]]\nname = \"quoter\"", market), ("one", new Writer(isTalkative)), ("two", new Writer(isTalkative))), folder);

    /// <summary>Buys and sells now and then; says what it sees where it may.</summary>
    private sealed class Writer(bool isTalkative) : Strategy
    {
        private int _events;

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (++_events % 50 == 0)
                context.Submit(new OrderIntent(book.Instrument, _events % 100 == 0 ? Side.Sell : Side.Buy, Quantity.Units(1), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
            if (!isTalkative) return;
            context.Plot("mid", context.Features(book.Instrument).Mid);
            context.Plot("spread", context.Features(book.Instrument).Spread);
            if (_events % 10 == 0) context.Log(_events % 100 == 0 ? LogLevel.Warning : LogLevel.Info, "looked", ("events", _events), ("spread", context.Features(book.Instrument).Spread));
            if (_events % 15 == 0) context.Log(LogLevel.Debug, "looked again");
        }

        public override void OnFill(StrategyContext context, in FillEvent fill)
        {
            if (isTalkative) context.Annotate(fill.Header.Instrument, $"{fill.Side} {fill.Quantity} at {fill.Price}");
        }
    }
}
