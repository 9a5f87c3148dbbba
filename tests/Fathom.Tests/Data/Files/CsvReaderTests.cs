using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Tests.Data.Files;

public sealed class CsvReaderTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("fathom-csv").FullName, "a.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Rows_are_read_with_the_lines_on_which_they_begin()
    {
        Assert.Equal(["2: 1|x", "4: |y, \"z\"", "5: 3|two\nlines", "7: 4|"], Rows("\uFEFFa,b\r\n1,x\r\n\r\n,\"y, \"\"z\"\"\"\n\"3\",\"two\nlines\"\r4,\n\n"));
        Assert.Equal(["2: 1|2"], Rows("\uFEFF\"a\",b\n1,2"));
    }

    [Fact]
    public void Line_ends_in_a_quoted_field_stay_as_they_are_and_count_as_one_each() =>
        Assert.Equal(["2: 1\r2\r\n3\n4|", "6: x|y"], Rows("a,b\r\n\"1\r2\r\n3\n4\",\r\nx,y"));

    [Theory]
    [InlineData("", "an empty file", null)]
    [InlineData("\n\r\n", "blank lines only", null)]
    [InlineData("a,b,a\n", "the column 'a' twice", ":1")]
    [InlineData("a,b\n1,2\n\n1\n", "1 field", ":4")]
    [InlineData("a,b\n1,2,3\n", "3 fields", ":2")]
    [InlineData("a,b\n1,\"x\"y\n", "text behind a closing quote", ":2")]
    [InlineData("a,b\n1,x\"y\n", "a quote in the middle of a field", ":2")]
    [InlineData("a,b\n1,\"x\n2,3\n", "a quote that is never closed", ":2")]
    public void What_is_broken_is_refused_with_its_line(string text, string found, string? line)
    {
        InputException wrong = Assert.Throws<InputException>(() => Rows(text));
        Assert.Equal((_path + line, found), (wrong.Subject, wrong.Found));
    }

    [Fact]
    public void A_row_without_end_and_bytes_that_are_no_text_are_refused()
    {
        Assert.Equal("a row of more than 65536 characters", Assert.Throws<InputException>(() => Rows("a,b\n1," + new string('x', 70_000))).Found);
        Assert.Equal(["2: 1|2"], Rows("a,b" + new string('\n', 1) + "1,2" + new string('\n', 200_000)));
        File.WriteAllBytes(_path, [.. "a,b\n1,"u8, 0xFF, 0xFE, (byte)'\n']);
        Assert.StartsWith("bytes that are no UTF-8", Assert.Throws<InputException>(ReadAll).Found);
    }

    [Fact]
    public void A_column_is_found_by_its_name_or_the_names_are_told()
    {
        File.WriteAllText(_path, "time,score\n1,2\n");
        using CsvReader csv = CsvReader.Open(_path, "a CSV file");
        Assert.Equal(1, csv.Column("score"));
        InputException wrong = Assert.Throws<InputException>(() => csv.Column("scor"));
        Assert.Equal(($"{_path}:1", "no column 'scor'", "one of time, score"), (wrong.Subject, wrong.Found, wrong.Expected));
    }

    [Fact]
    public void What_the_writer_writes_the_reader_reads()
    {
        const string Letters = "ab,\"\n é𝄞";
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            string[][] rows = [.. Enumerable.Range(0, 20).Select(_ => (string[])["x" + Text(random), Text(random)])];      // a first field that is empty would make a blank line of one column
            using (CsvFile file = CsvFile.Create(_path, ["a", "b"]))
            {
                foreach (string[] row in rows)
                {
                    foreach (string field in row) file.Add(field);
                    file.EndRow();
                }
                file.Complete();
            }
            using CsvReader csv = CsvReader.Open(_path, "a CSV file");
            foreach (string[] row in rows)
            {
                Assert.True(csv.Read(), $"seed {seed}");
                Assert.Equal((row[0], row[1], seed), (csv[0], csv[1], seed));
            }
            Assert.False(csv.Read(), $"seed {seed}");
        }

        static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Letters.EnumerateRunes().ElementAt(random.Next(8)).ToString()));
    }

    private List<string> Rows(string text)
    {
        File.WriteAllText(_path, text);
        return ReadAll();
    }

    private List<string> ReadAll()
    {
        using CsvReader csv = CsvReader.Open(_path, "a CSV file");
        List<string> rows = [];
        while (csv.Read()) rows.Add($"{csv.Line}: {string.Join('|', Enumerable.Range(0, csv.Columns.Count).Select(i => csv[i]))}");
        return rows;
    }
}
