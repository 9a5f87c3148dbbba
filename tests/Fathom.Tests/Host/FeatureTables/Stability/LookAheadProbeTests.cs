using Fathom.Domain.Values;
using Fathom.Host.FeatureTables.Stability;

namespace Fathom.Tests.Host.FeatureTables.Stability;

public sealed class LookAheadProbeTests : IDisposable
{
    private const string Whole = """
        time,instrument,x,label.y
        2026-01-05T14:00:01.000000000Z,A,0.1,5
        2026-01-05T14:00:02.000000000Z,A,0.2,6
        2026-01-05T14:00:03.000000000Z,A,,7

        """;

    private static readonly string[] s_names = ["time", "instrument", "x"];

    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-probe").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "", 2)]
    [InlineData("0.2", "0.20000000000000001", 1)]      // the same to fifteen digits is another number
    [InlineData("0.2", "", 1)]
    [InlineData("A,0.2", "B,0.2", 1)]
    [InlineData(":02.0", ":02.5", 1)]
    public void First_cell_that_differs_is_named(string from, string to, long compared)
    {
        string part = "time,instrument,x\n2026-01-05T14:00:01.000000000Z,A,0.1\n2026-01-05T14:00:02.000000000Z,A,0.2\n";
        long rows = 0;
        LookAheadDifference? difference = Compare(from.Length == 0 ? part : part.Replace(from, to, StringComparison.Ordinal), end: 2, ref rows);
        Assert.Equal(from.Length == 0, difference is null);
        Assert.Equal(compared, rows);
        if (from == "0.2") Assert.Equal(("x", "0.2", to), (difference!.Column, difference.Whole, difference.Part));
    }

    [Fact]
    public void Row_that_is_not_there_any_more_or_only_there_is_a_difference()
    {
        string one = "time,instrument,x\n2026-01-05T14:00:01.000000000Z,A,0.1\n";
        long rows = 0;
        Assert.Null(Compare(one, end: 2, ref rows));      // the row of the end itself need not be taken yet
        Assert.Equal("a row of A at 2026-01-05T14:00:02.000000000Z is there, and nothing where the data ends at then", Compare(one, end: 3, ref rows)?.ToString());
        string more = Whole.Replace(",label.y", "", StringComparison.Ordinal).Replace(",5\n", "\n", StringComparison.Ordinal).Replace(",6\n", "\n", StringComparison.Ordinal).Replace(",7\n", "\n", StringComparison.Ordinal);
        Assert.Null(Compare(more, end: 3, ref rows));
        Assert.NotNull(Compare(more + "2026-01-05T14:00:04.000000000Z,A,1\n", end: 4, ref rows));
    }

    private LookAheadDifference? Compare(string part, int end, ref long rows)
    {
        string all = Path.Combine(_folder, "all.csv"), few = Path.Combine(_folder, "few.csv");
        File.WriteAllText(all, Whole);
        File.WriteAllText(few, part);
        Assert.True(Timestamp.TryParse($"2026-01-05T14:00:0{end}Z", out Timestamp last));
        return LookAheadProbe.Compare(all, few, "then", last, s_names, ref rows);
    }
}
