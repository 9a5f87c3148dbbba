using Fathom.Domain;
using Fathom.Engine.Features.Catalog;
using Fathom.Host.Verify;

namespace Fathom.Tests.Host.Verify;

public sealed class BarFileTests : IDisposable
{
    private const string Header = "time,open,high,low,close,volume\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-bars-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Bars_become_bars_closes_and_pairs_and_a_new_day_opens_a_session()
    {
        FeatureTable[] tables = [.. Read(Header + "2025-01-02T23:59:00Z,1,3,0.5,2,10\n2025-01-02T23:59:30Z,2,2,2,,0\n2025-01-03T00:00:00Z,2,4,2,3,7\n", rowsMax: 10)];
        Assert.Equal([FeatureTakes.Bars, FeatureTakes.Values, FeatureTakes.Pairs], tables.Select(table => table.Takes));
        Assert.Equal([0, 1, 1, 3, 0.5, 2, 10, 30e9, 0, 2, 2, 2, double.NaN, 0, 60e9, 1, 2, 4, 2, 3, 7], tables[0].Cells.ToArray());
        Assert.Equal([0, 1, 2, 30e9, 0, double.NaN, 60e9, 1, 3], tables[1].Cells.ToArray());
        Assert.Equal([0, 1, 0, 2, 0, 0, 1, 1], tables[2].Cells[..8].ToArray());
    }

    [Fact]
    public void No_more_rows_than_asked_for_are_taken() => Assert.Equal(1, Read(Header + "1,1,1,1,1,1\n2,1,1,1,1,1\n", rowsMax: 1)[0].Rows);

    [Theory]
    [InlineData("time,open,high,low,close\n1,1,1,1,1\n", "volume")]
    [InlineData(Header, "no bar")]
    [InlineData(Header + "2025-01-02T23:59:00,1,1,1,1,1\n", "RFC 3339 with a zone")]
    [InlineData(Header + "2,1,1,1,1,1\n1,1,1,1,1,1\n", "Sort the rows")]
    [InlineData(Header + "2,1,1,high,1,1\n", "column low")]
    public void What_is_no_file_of_bars_is_refused(string text, string said) =>
        Assert.Contains(said, Assert.Throws<InputException>(() => Read(text, rowsMax: 10)).Message, StringComparison.Ordinal);

    private IReadOnlyList<FeatureTable> Read(string text, int rowsMax)
    {
        string path = Path.Combine(_folder, "bars.csv");
        File.WriteAllText(path, text);
        return BarFile.Read(path, rowsMax);
    }
}
