using Fathom.Data.Files;
using Fathom.Domain.Values;

namespace Fathom.Tests.Data.Files;

public sealed class CsvFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-csv").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Writes_each_kind_of_field_and_quotes_only_where_it_must()
    {
        string path = Path.Combine(_folder, "a.csv");
        using (CsvFile csv = CsvFile.Create(path, ["name", "price", "quantity", "number"]))
        {
            csv.Add("plain");
            csv.Add(Price.From(-37.63m));
            csv.Add(Quantity.Units(22));
            csv.Add(long.MinValue);
            csv.EndRow();
            csv.Add("a \"quoted\", one");
            csv.Add(Price.None);
            csv.Add(Quantity.From(0.015m));
            csv.AddEmpty();
            csv.EndRow();
            Assert.Equal(2, csv.RowCount);
            csv.Complete();
        }

        Assert.Equal(
            "name,price,quantity,number\nplain,-37.63,22,-9223372036854775808\n\"a \"\"quoted\"\", one\",,0.015,\n",
            File.ReadAllText(path));
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-1.0 / 3, "-0.3333333333333333")]
    [InlineData(41_000, "41000")]
    [InlineData(-2.2250738585072014e-308, "-2.2250738585072014E-308")]
    [InlineData(double.NaN, "")]
    public void A_number_is_the_shortest_text_that_gives_it_again(double number, string text)
    {
        string path = Path.Combine(_folder, "n.csv");
        using (CsvFile csv = CsvFile.Create(path, ["n", "next"]))
        {
            csv.Add(number);
            csv.Add("x");
            csv.EndRow();
            csv.Complete();
        }
        Assert.Equal($"n,next\n{text},x\n", File.ReadAllText(path));
    }

    [Fact]
    public void Rows_of_many_blocks_arrive_whole()
    {
        string path = Path.Combine(_folder, "b.csv");
        using (CsvFile csv = CsvFile.Create(path, ["i", "text"]))
        {
            for (int i = 0; i < 20_000; i++)
            {
                csv.Add(i);
                csv.Add("täxt");
                csv.EndRow();
            }
            csv.Complete();
        }

        string[] lines = File.ReadAllLines(path);
        Assert.Equal(20_001, lines.Length);
        for (int i = 0; i < 20_000; i++) Assert.Equal($"{i},täxt", lines[i + 1]);
    }

    [Fact]
    public void Without_a_commit_nothing_stays()
    {
        string path = Path.Combine(_folder, "c.csv");
        using (CsvFile csv = CsvFile.Create(path, ["i"])) csv.Add(1);
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
