using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Host.FeatureTables;

/// <summary>What is wrong about a feature table is said with exit code 2, and nothing is left behind.</summary>
public sealed class WrongTableTests : IDisposable
{
    private readonly Tables _tables = new();

    public void Dispose() => _tables.Dispose();

    /// <summary>A piece of the message, the table's name, and what is set.</summary>
    [Theory]
    [InlineData("expected a file whose name ends with .csv or .parquet", "table.txt")]
    [InlineData("expected an existing directory", "absent/table.csv")]
    [InlineData("\"bars.\" and an interval", "table.csv", "features.table.rows=bars.fortnight")]
    [InlineData("\"bars.\" and an interval", "table.csv", "features.table.rows=sometimes")]
    [InlineData("expected at least one row", "table.csv", "features.table.rows=bars.1d")]
    [InlineData("Did you mean 'rsi'?", "table.csv", "features.vector.1.name=rsy")]
    [InlineData("the parameter 'perod'", "table.csv", "features.vector.1.perod=3")]
    [InlineData("'NOPE', of which the data has nothing", "table.csv", "features.vector.1.instrument=NOPE")]
    [InlineData("a column called 'time'", "table.csv", "features.vector.1.as=time")]
    [InlineData("a feature called 'label.x'", "table.csv", "features.vector.1.as=label.x")]
    [InlineData("features.label.0.horizon", "table.csv", "features.label.0.horizon=0s")]
    [InlineData("one of forward_return, triple_barrier", "table.csv", "features.label.0.name=backward_return")]
    [InlineData("Did you mean 'atr'?", "table.csv", "features.label.2.column=art")]
    [InlineData("up and down, in multiples of atr, or no column", "table.csv", "features.label.1.column=atr")]
    [InlineData("column beside it", "table.csv", "features.label.1.up=2")]
    [InlineData("another name than 'next', which is taken", "table.csv", "features.label.1.as=next")]
    public void Wrong_input_is_named(string piece, string name, params string[] sets)
    {
        string market = _tables.Runs.Market("market.dbn", 5_000);
        (int code, string output, string error) = _tables.Try(Tables.Toml + Tables.Labels, market, name, sets);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(piece, error, StringComparison.Ordinal);
        Assert.Equal(["features.toml", "market.dbn"], Directory.EnumerateFileSystemEntries(_tables.Runs.Folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("", "[[features.vector]]")]
    [InlineData("[features]\n[[features.vector]]\nname = \"rsi\"\non = \"mid\"\n", "features.table.rows: found nothing")]
    [InlineData("[features]\non = \"bars.1m\"\n[[features.vector]]\nname = \"rsi\"\n[[features.label]]\nname = \"forward_return\"\n", "features.label.0.horizon")]
    [InlineData("[features]\non = \"bars.1m\"\n[[features.vector]]\nname = \"rsi\"\n[[features.label]]\nname = \"triple_barrier\"\nhorizon = \"1m\"\n", "the distance of the barriers from the mid")]
    public void What_is_missing_is_named(string toml, string piece)
    {
        (int code, string _, string error) = _tables.Try(toml, _tables.Runs.Market("market.dbn", 500), "table.csv");
        Assert.Equal(2, code);
        Assert.Contains(piece, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_does_not_take_the_place_of_what_is_read()
    {
        string market = _tables.Runs.Market("market.dbn", 500), copy = _tables.Runs.PathOf("market.csv");
        File.Move(market, copy);
        (int code, string _, string error) = _tables.Try(Tables.Toml, copy, "market.csv");
        Assert.Equal(2, code);
        Assert.Contains("Writing there would destroy what is read", error, StringComparison.Ordinal);
        Assert.True(new FileInfo(copy).Length > 0);
    }

    [Fact]
    public void Backtest_whose_vector_names_an_instrument_that_does_not_come_ends_with_exit_code_2_and_leaves_nothing()
    {
        string market = _tables.Runs.Market("market.dbn", 5_000), config = _tables.Runs.PathOf("run.toml");
        File.WriteAllText(config, Tables.Toml + "instrument = \"NOPE\"\n[[strategy]]\nname = \"buy-and-hold\"\n");
        (int code, string _, string error) = SmallRuns.Command("backtest", config, "--set", $"data.file={market}", "--out", _tables.Runs.PathOf("out"));
        Assert.Equal(2, code);
        Assert.Contains("'NOPE', of which the data has nothing", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_tables.Runs.PathOf("out")));
        (code, _, error) = SmallRuns.Command("backtest", config, "--set", $"data.file={market}", "--vary", "venue.entry_latency=1ms,2ms", "--out", _tables.Runs.PathOf("out"));
        Assert.Equal(2, code);
        Assert.Contains("'NOPE', of which the data has nothing", error, StringComparison.Ordinal);
    }
}
