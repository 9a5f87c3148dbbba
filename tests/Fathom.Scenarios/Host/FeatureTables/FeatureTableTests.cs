using System.Text.Json;
using Fathom.Domain.Books;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features.Pipeline;
using Fathom.Host.Sessions;
using Fathom.Market.Books.Bars;
using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Host.FeatureTables;

/// <summary>A feature table says what a strategy of a backtest would have seen, and what happened afterwards.</summary>
public sealed class FeatureTableTests : IDisposable
{
    private readonly Tables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Theory]
    [InlineData("bars.15s")]
    [InlineData("bars.200t")]
    [InlineData("events")]
    [InlineData("7s")]
    public void Rows_are_what_a_strategy_of_a_backtest_sees_at_those_moments(string rows)
    {
        string market = _tables.Runs.Market("market.dbn", 120_000, instruments: 2);
        List<Dictionary<string, string>> table = _tables.Write(Tables.Toml, market, "table.csv", $"features.table.rows={rows}");

        Watcher watcher = new(rows);
        BacktestSettings settings = SmallRuns.Bind(Tables.Toml + "[[strategy]]\nname = \"buy-and-hold\"\n", market);
        _tables.Runs.Run(SmallRuns.With(settings, ("watcher", watcher)), "watched");

        Assert.True(table.Count > 5, $"{table.Count} rows");
        Assert.Equal(["time", "instrument", "mean", "rsi", "atr"], table[0].Keys);
        Assert.Equal(2, table.Select(row => row["instrument"]).Distinct().Count());
        Assert.Equal(watcher.Rows.Select(row => $"{row.Time} {row.Symbol}"), table.Select(row => $"{row["time"]} {row["instrument"]}"));
        for (int i = 0; i < table.Count; i++)
            Assert.Equal(watcher.Rows[i].Values, ((string[])["mean", "rsi", "atr"]).Select(column => Tables.Number(table[i][column])));
        Assert.Contains(table, row => row["rsi"].Length > 0);
    }

    [Theory]
    [InlineData("bars.15s")]
    [InlineData("bars.500t")]
    [InlineData("5s")]
    public void Labels_are_what_a_search_through_all_later_mids_says(string rows)
    {
        string market = _tables.Runs.Market("market.dbn", 200_000, instruments: 2);
        List<Dictionary<string, string>> table = _tables.Write(Tables.Toml + Tables.Labels, market, "table.csv", $"features.table.rows={rows}");
        Watcher watcher = new(rows);
        BacktestSettings settings = SmallRuns.Bind(Tables.Toml + "[[strategy]]\nname = \"buy-and-hold\"\n", market);
        long end = _tables.Runs.Run(SmallRuns.With(settings, ("watcher", watcher)), "watched").Run.Last.Nanos;

        Assert.Equal(["time", "instrument", "mean", "rsi", "atr", "label.next", "label.hit", "label.hit.time", "label.wide", "label.wide.time"], table[0].Keys);
        Assert.Equal(watcher.Rows.Count, table.Count);
        for (int i = 0; i < table.Count; i++)
        {
            Watched row = watcher.Rows[i];
            List<(long Time, double Mid)> later = [.. watcher.Mids.Where(mid => mid.Symbol == row.Symbol && mid.Number > row.Mids).Select(mid => (mid.Time, mid.Mid))];
            double atr = row.Values[2];
            Same(Return(row, later, 30, end), Tables.Number(table[i]["label.next"]), 1e-12);
            Barrier(row, later, 60, row.Mid * 3e-4, row.Mid * 4e-4, end, table[i], "label.hit");
            Barrier(row, later, 40, 0.5 * atr, 0.5 * atr, end, table[i], "label.wide");
        }
        foreach (string value in (string[])["1", "-1", "0", ""]) Assert.Contains(table, row => row["label.hit"] == value);
    }

    [Fact]
    public void Truncated_data_changes_no_feature_before_its_end_and_labels_of_rows_alone_whose_horizon_passes_it()
    {
        string market = _tables.Runs.Market("market.dbn", 200_000, instruments: 2);
        List<Dictionary<string, string>> whole = _tables.Write(Tables.Toml + Tables.Labels, market, "whole.csv", "features.table.rows=2s");
        foreach (int share in (int[])[20, 50, 51, 90])
        {
            string cut = whole[whole.Count * share / 100]["time"];
            Assert.True(Timestamp.TryParse(cut, out Timestamp end));
            List<Dictionary<string, string>> part = _tables.Write(Tables.Toml + Tables.Labels, market, "part.csv", "features.table.rows=2s", $"data.end={cut}");
            Assert.InRange(part.Count, whole.Count * share / 100 - 4, whole.Count * share / 100 + 2);
            for (int i = 0; i < part.Count; i++)
            {
                Assert.Equal(whole[i].Where(cell => !cell.Key.StartsWith("label.", StringComparison.Ordinal)), part[i].Where(cell => !cell.Key.StartsWith("label.", StringComparison.Ordinal)));
                Assert.True(Timestamp.TryParse(part[i]["time"], out Timestamp time));
                foreach ((string label, int seconds) in ((string, int)[])[("label.next", 30), ("label.hit", 60), ("label.wide", 40)])
                    if (time.Nanos + (seconds + 5) * Timestamp.NanosPerSecond < end.Nanos) Assert.Equal(whole[i][label], part[i][label]);
                Assert.True(part[i]["label.next"].Length == 0 || part[i]["label.next"] == whole[i]["label.next"], "a label that is known is right");
                Assert.True(part[i]["label.hit"].Length == 0 || part[i]["label.hit"] == whole[i]["label.hit"], "a label that is known is right");
            }
        }
    }

    [Fact]
    public void Manifest_says_what_the_table_is_without_a_word_of_the_machine()
    {
        string market = _tables.Runs.Market("market.dbn", 60_000);
        (int code, string output, string _) = _tables.Try(Tables.Toml + Tables.Labels, market, "one.csv", "--json");
        Assert.Equal(0, code);
        string text = File.ReadAllText(_tables.Runs.PathOf("one.csv.manifest.json"));
        Assert.DoesNotContain(_tables.Runs.Folder, text, StringComparison.Ordinal);
        using JsonDocument manifest = JsonDocument.Parse(text), printed = JsonDocument.Parse(output);
        Assert.True(JsonElement.DeepEquals(manifest.RootElement, printed.RootElement));
        JsonElement root = manifest.RootElement;
        List<Dictionary<string, string>> rows = [.. _tables.Runs.Rows("", "one.csv")];
        Assert.Equal(rows.Count, root.GetProperty("rows").GetInt64());
        Assert.Equal(rows[0]["time"], root.GetProperty("first").GetString());
        Assert.Equal(rows[^1]["time"], root.GetProperty("last").GetString());
        Assert.Equal("market.dbn", root.GetProperty("inputs")[0].GetProperty("file").GetString());
        Assert.StartsWith("0.", root.GetProperty("fathom").GetString());
        JsonElement[] columns = [.. root.GetProperty("columns").EnumerateArray()];
        Assert.Equal(rows[0].Keys.Skip(2), columns.Select(column => column.GetProperty("name").GetString()));
        foreach (JsonElement column in columns)
            Assert.Equal(rows.Count(row => row[column.GetProperty("name").GetString()!].Length == 0), column.GetProperty("missing").GetInt64());
        Assert.Equal(("rsi", "5", "mid"), (columns[1].GetProperty("feature").GetString(), columns[1].GetProperty("arguments").GetProperty("period").GetString(), columns[1].GetProperty("on").GetString()));

        _tables.Write(Tables.Toml + Tables.Labels, market, "two.csv");
        Assert.Equal(File.ReadAllBytes(_tables.Runs.PathOf("one.csv")), File.ReadAllBytes(_tables.Runs.PathOf("two.csv")));
        Assert.Equal(text.Replace("one.csv", "two.csv", StringComparison.Ordinal), File.ReadAllText(_tables.Runs.PathOf("two.csv.manifest.json")));
        Assert.Equal(["features.toml", "market.dbn", "one.csv", "one.csv.manifest.json", "two.csv", "two.csv.manifest.json"], Directory.EnumerateFiles(_tables.Runs.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_and_labels_of_a_configuration_change_nothing_of_its_backtest()
    {
        string market = _tables.Runs.Market("market.dbn", 5_000), strategy = "[[strategy]]\nname = \"buy-and-hold\"\n";
        string plain = _tables.Runs.Run(SmallRuns.Bind(Tables.Toml.Replace("[features.table]\nrows = \"bars.15s\"\n", "", StringComparison.Ordinal) + strategy, market), "plain").Fingerprint;
        Assert.Equal(plain, _tables.Runs.Run(SmallRuns.Bind(Tables.Toml + Tables.Labels + strategy, market), "labels").Fingerprint);
    }

    private static double Return(Watched row, List<(long Time, double Mid)> later, int seconds, long end)
    {
        long due = row.Time.Nanos + seconds * Timestamp.NanosPerSecond;
        if (due > end || double.IsNaN(row.Mid)) return double.NaN;
        double last = row.Mid;
        foreach ((long time, double mid) in later)
            if (time <= due) last = mid;
        return Math.Log(last / row.Mid);
    }

    private static void Barrier(Watched row, List<(long Time, double Mid)> later, int seconds, double up, double down, long end, Dictionary<string, string> cells, string column)
    {
        long due = row.Time.Nanos + seconds * Timestamp.NanosPerSecond;
        (string value, string time) = due <= end ? ("0", new Timestamp(due).ToString()) : ("", "");
        foreach ((long at, double mid) in later)
        {
            if (at > due) break;
            if (mid < row.Mid + up && mid > row.Mid - down) continue;
            (value, time) = (mid > row.Mid ? "1" : "-1", new Timestamp(at).ToString());
            break;
        }
        if (!(up > 0) || double.IsNaN(row.Mid)) (value, time) = ("", "");
        Assert.Equal((value, time), (cells[column], cells[$"{column}.time"]));
    }

    private static void Same(double expected, double found, double bound) => Assert.True((double.IsNaN(expected) && double.IsNaN(found)) || Math.Abs(expected - found) <= bound, $"expected {expected}, found {found}");

    /// <param name="Mids">Mids that had been told before.</param>
    private sealed record Watched(Timestamp Time, string Symbol, double[] Values, double Mid, int Mids);

    /// <summary>Notes vectors and mids as they come.</summary>
    private sealed class Watcher(string rows) : Strategy
    {
        private readonly Dictionary<InstrumentId, double> _last = [];

        public List<Watched> Rows { get; } = [];

        public List<(int Number, string Symbol, long Time, double Mid)> Mids { get; } = [];

        public override void OnStart(StrategyContext context)
        {
            if (rows.StartsWith("bars.", StringComparison.Ordinal)) context.SubscribeBars(BarSpec.Parse(rows.AsSpan(5)));
            else if (Duration.TryParse(rows, out Duration interval)) context.SetPeriodicTimer(interval, 0, aligned: true);
        }

        public override void OnQuote(StrategyContext context, in BestPrices prices)
        {
            double mid = (prices.Bid.Price.ToDouble() + prices.Ask.Price.ToDouble()) / 2;
            _last[prices.Instrument] = mid;
            Mids.Add((Mids.Count + 1, Symbol(context, prices.Instrument), context.Clock.Nanos, mid));
        }

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (rows == "events") Note(context, context.Clock, book.Instrument);
        }

        public override void OnBar(StrategyContext context, in Bar bar) => Note(context, bar.CloseTime, bar.Instrument);

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            foreach (InstrumentId instrument in _last.Keys) Note(context, timer.Due, instrument);
        }

        private void Note(StrategyContext context, Timestamp time, InstrumentId instrument)
        {
            FeatureVector vector = context.Vector(instrument);
            Rows.Add(new Watched(time, Symbol(context, instrument), vector.Values.ToArray(), _last.GetValueOrDefault(instrument, double.NaN), Mids.Count));
        }

        private static string Symbol(StrategyContext context, InstrumentId instrument) => context.Instrument(instrument).Symbol.ToString();
    }
}
