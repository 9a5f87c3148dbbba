using System.Text.Json;
using Fathom.Scenarios.Data;

namespace Fathom.Scenarios.Host;

/// <summary><c>fathom book</c> on real files, against what their source says about them.</summary>
public class BookCommandTests
{
    private const string Clx5 = "mbo/CLX5_mbo.dbn";
    private const string EsJune = "dbn/real/order_book_deltas_catalog/databento";

    [Fact]
    public void The_crude_oil_file_ends_as_its_source_says()
    {
        JsonElement book = Book(RealFiles.Find(Clx5));
        Assert.Equal("CLX5", book.GetProperty("instrument").GetProperty("symbol").GetString());
        AssertNumbers(book, ("records", 38_212), ("resting_orders", 147), ("bid_levels", 61), ("ask_levels", 52));
        AssertNumbers(book.GetProperty("anomalies"), ("unknown_cancel", 1_224), ("unknown_modify", 216), ("unknown_fill", 30), ("crossed", 172));
        Assert.Equal("65.40", book.GetProperty("bids")[0].GetProperty("price").GetString());
        JsonElement trades = book.GetProperty("trades");
        AssertNumbers(trades, ("count", 1_599));
        Assert.Equal("3613", trades.GetProperty("quantity").GetString());
        Assert.Equal(64.81493218931637, trades.GetProperty("vwap").GetDouble());
    }

    [Fact]
    public void The_June_future_ends_as_its_source_says()
    {
        JsonElement book = Book(Directory.GetFiles(RealFiles.Find(EsJune), "*mbo_2024-05-08*").Single(), "--levels", "1");
        AssertNumbers(book, ("records", 13_796), ("resting_orders", 13_598));
        AssertLevel(book.GetProperty("bids"), "5214.00", "28", 22);
        AssertLevel(book.GetProperty("asks"), "5214.25", "17", 11);
        AssertNumbers(book.GetProperty("trades"), ("count", 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_golden_file_ends_in_the_known_book(int version)
    {
        JsonElement book = Book(RealFiles.Find($"dbn/golden/synthetic.mbo.v{version}.dbn"));
        AssertNumbers(book, ("records", 19), ("resting_orders", 6), ("bid_levels", 2), ("ask_levels", 2));
        AssertLevel(book.GetProperty("bids"), "4750.00", "9", 2);
        AssertLevel(book.GetProperty("asks"), "4750.25", "10", 2);
    }

    [Fact]
    public void Every_complete_event_gets_a_row()
    {
        string csv = Path.Combine(Path.GetTempPath(), $"fathom-{Guid.NewGuid():N}.csv");
        try
        {
            (int exit, _, _) = Run("book", RealFiles.Find(Clx5), "--every-event", "--csv", csv);
            Assert.Equal(0, exit);
            string[] lines = File.ReadAllLines(csv);
            Assert.Equal(32_053 + 1, lines.Length);
            Assert.StartsWith("ts_event,ts_recv,sequence,bid_px_00,bid_sz_00,bid_ct_00,ask_px_00,ask_sz_00,ask_ct_00,bid_px_01,", lines[0], StringComparison.Ordinal);
            Assert.EndsWith("ask_px_09,ask_sz_09,ask_ct_09", lines[0], StringComparison.Ordinal);
            Assert.All(lines, line => Assert.Equal(3 + 60, line.Split(',').Length));
        }
        finally
        {
            File.Delete(csv);
        }
    }

    [Fact]
    public void A_moment_is_the_last_complete_event_received_by_then()
    {
        string file = RealFiles.Find(Clx5);
        JsonElement end = Book(file), middle = Book(file, "--at", "2025-09-24T21:00:00Z");
        Assert.True(string.CompareOrdinal(middle.GetProperty("time").GetString(), "2025-09-24T21:00:00") <= 0);
        Assert.InRange(middle.GetProperty("records").GetInt64(), 1, end.GetProperty("records").GetInt64() - 1);
        Assert.False(middle.GetProperty("event_open").GetBoolean());
        Assert.Equal(end.ToString(), Book(file, "--at", end.GetProperty("time").GetString()!).ToString());
    }

    [Theory]
    [InlineData("--at", "2020-01-01T00:00:00Z")]
    [InlineData("--at", "2031-01-01T00:00:00Z")]
    [InlineData("--at", "2025-09-24T21:00:00")]
    [InlineData("--instrument", "NOTHERE")]
    [InlineData("--levels", "0")]
    [InlineData("--csv", "rows.csv")]
    public void What_the_file_cannot_answer_is_refused(string option, string value)
    {
        (int exit, string output, string error) = Run("book", RealFiles.Find(Clx5), option, value);
        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains(option, error, StringComparison.Ordinal);
    }

    private static void AssertNumbers(JsonElement json, params (string Name, long Expected)[] numbers)
    {
        foreach ((string name, long expected) in numbers) Assert.Equal((name, expected), (name, json.GetProperty(name).GetInt64()));
    }

    private static void AssertLevel(JsonElement levels, string price, string quantity, int orders) =>
        Assert.Equal((price, quantity, orders), (levels[0].GetProperty("price").GetString(), levels[0].GetProperty("quantity").GetString(),
            levels[0].GetProperty("orders").GetInt32()));

    private static JsonElement Book(string file, params string[] options)
    {
        (int exit, string output, string error) = Run(["book", file, "--json", .. options]);
        Assert.True(exit == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int exit = Fathom.Host.Program.Run(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
