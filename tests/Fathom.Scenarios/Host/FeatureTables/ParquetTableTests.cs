using Fathom.Data.Parquet;
using Fathom.Domain;

namespace Fathom.Scenarios.Host.FeatureTables;

/// <summary>The same table as Parquet, read back by DuckDB.</summary>
public sealed class ParquetTableTests : IDisposable
{
    private readonly Tables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Fact]
    public void Parquet_holds_every_number_bit_by_bit_and_nulls_where_nothing_is_known()
    {
        if (!IsThere()) Assert.Skip("DuckDB's library is missing. Enable with: ./test --install");
        string market = _tables.Runs.Market("market.dbn", 150_000, instruments: 2);
        List<Dictionary<string, string>> csv = _tables.Write(Tables.Toml + Tables.Labels, market, "table.csv");
        (int code, string _, string error) = _tables.Try(Tables.Toml + Tables.Labels, market, "table.parquet");
        Assert.True(code == 0, error);
        ParquetFile.ToCsv(_tables.Runs.PathOf("table.parquet"), _tables.Runs.PathOf("back.csv"));
        List<Dictionary<string, string>> back = [.. _tables.Runs.Rows("", "back.csv")];
        Assert.Equal(csv.Count, back.Count);
        for (int i = 0; i < csv.Count; i++)
        {
            Assert.Equal(csv[i].Keys, back[i].Keys);
            foreach ((string column, string cell) in csv[i])
            {
                bool isTime = column is "time" || column.EndsWith(".time", StringComparison.Ordinal);
                if (column == "instrument") Assert.Equal(cell, back[i][column]);
                else if (isTime) Assert.Equal(cell, back[i][column].Length == 0 ? "" : Time(back[i][column]));
                else Assert.Equal(BitConverter.DoubleToInt64Bits(Tables.Number(cell)), BitConverter.DoubleToInt64Bits(Tables.Number(back[i][column])));
            }
        }
        Assert.Contains(back, row => row["atr"].Length == 0);
        Assert.Contains(back, row => row["label.hit.time"].Length > 0);
        Assert.Empty(Directory.EnumerateFiles(_tables.Runs.Folder, "*.partial").Concat(Directory.EnumerateFiles(_tables.Runs.Folder, "*.rows.csv")));
        Assert.Equal("PAR1"u8.ToArray(), File.ReadAllBytes(_tables.Runs.PathOf("table.parquet"))[..4]);
    }

    /// <summary>DuckDB leaves trailing zeros out and writes no T and no Z.</summary>
    private static string Time(string text)
    {
        string[] parts = text.Replace(' ', 'T').Split('.');
        return $"{parts[0]}.{(parts.Length > 1 ? parts[1] : "").PadRight(9, '0')}Z";
    }

    private static bool IsThere()
    {
        try
        {
            ParquetFile.Require();
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }
}
