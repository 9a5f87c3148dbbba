using System.Text.Json;

namespace Fathom.Scenarios.Host.FeatureTables;

/// <summary>--validate writes a page and JSON beside the table, and finds no feature that looks ahead.</summary>
public sealed class StabilityTests : IDisposable
{
    private readonly Tables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Fact]
    public void Report_says_of_each_column_what_the_table_has()
    {
        string market = _tables.Runs.Market("market.dbn", 200_000, instruments: 2);
        const string Twin = "[[features.vector]]\nname = \"sma\"\nperiod = 1\non = \"mean\"\nas = \"twin\"\n[[features.vector]]\nname = \"sma\"\nperiod = 1000\nas = \"never\"\n";
        List<Dictionary<string, string>> rows = _tables.Write(Tables.Toml + Twin + Tables.Labels, market, "table.csv", "features.table.rows=2s", "--validate");

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_tables.Runs.PathOf("table.csv.stability.json")));
        JsonElement ahead = json.RootElement.GetProperty("look_ahead");
        Assert.True(ahead.GetProperty("passed").GetBoolean());
        Assert.Equal(4, ahead.GetProperty("cut_at").GetArrayLength());
        Assert.InRange(ahead.GetProperty("rows_compared").GetInt64(), rows.Count * 2 - 10, rows.Count * 2 + 20);      // a fifth, two, three and four
        foreach (JsonElement instrument in json.RootElement.GetProperty("instruments").EnumerateArray())
        {
            List<Dictionary<string, string>> own = [.. rows.Where(row => row["instrument"] == instrument.GetProperty("symbol").GetString())];
            Assert.Equal(own.Count, instrument.GetProperty("rows").GetInt32());
            JsonElement[] columns = [.. instrument.GetProperty("columns").EnumerateArray()];
            Assert.Equal(["mean", "rsi", "atr", "twin", "never", "label.next", "label.hit", "label.wide"], columns.Select(column => column.GetProperty("name").GetString()));
            foreach (JsonElement column in columns)
            {
                double[] known = [.. own.Select(row => Tables.Number(row[column.GetProperty("name").GetString()!])).Where(value => !double.IsNaN(value))];
                Assert.Equal(known.Length, column.GetProperty("known").GetInt32());
                if (known.Length == 0) continue;
                Assert.Equal(known.Average(), column.GetProperty("mean").GetDouble(), 1e-9);
                Assert.Equal((known.Min(), known.Max()), (column.GetProperty("quantiles").GetProperty("min").GetDouble(), column.GetProperty("quantiles").GetProperty("max").GetDouble()));
            }
            Assert.Equal(JsonValueKind.Null, columns[4].GetProperty("mean").ValueKind);
            Assert.Contains(instrument.GetProperty("clusters").EnumerateArray(), cluster => cluster.EnumerateArray().Select(name => name.GetString()).Contains("mean") && cluster.EnumerateArray().Select(name => name.GetString()).Contains("twin"));
        }
        string page = File.ReadAllText(_tables.Runs.PathOf("table.csv.stability.html"));
        Assert.StartsWith("<!doctype html>", page);
        foreach (string outside in (string[])["http:", "https:", "src=", "href=", "@import", "url("]) Assert.DoesNotContain(outside, page, StringComparison.Ordinal);
        Assert.Contains("No feature looks ahead:", page, StringComparison.Ordinal);
        Assert.Contains("never known", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Equal(["features.toml", "market.dbn", "table.csv", "table.csv.manifest.json", "table.csv.stability.html", "table.csv.stability.json"], Directory.EnumerateFileSystemEntries(_tables.Runs.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_of_one_row_is_judged_too()
    {
        string market = _tables.Runs.Market("market.dbn", 60_000);
        Assert.Single(_tables.Write(Tables.Toml, market, "table.csv", "features.table.rows=bars.2m", "--validate"));
        Assert.Contains("Look-ahead was not judged", File.ReadAllText(_tables.Runs.PathOf("table.csv.stability.html")), StringComparison.Ordinal);
    }
}
