using System.Runtime.InteropServices;
using Fathom.Data.Series;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Data.Series;

public sealed class SeriesFileTests : IDisposable
{
    private const string Header = "symbol,time,published,score,count\n";

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("fathom-series").FullName, "sentiment.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Each_row_is_a_point_that_is_known_from_when_it_was_published()
    {
        SeriesSource source = Read(Header + "CL,2026-01-05T14:30:00-05:00,2026-01-05T19:31:00Z,0.25,3\nNG,1767641400000000000,1767641461000000000,,-1e3\n");
        Assert.Equal(2, source.Points.Length);
        SeriesObservation first = source.Points[0], second = source.Points[1];
        Assert.Equal(("2026-01-05T19:30:00.000000000Z", "2026-01-05T19:31:00.000000000Z", "CL"), (first.Header.EventTime.ToString(), first.Header.ReceiveTime.ToString(), first.Key.ToString()));
        Assert.Equal([0.25, 3, 0], first.Values[..3].ToArray());
        Assert.Equal((1_767_641_400_000_000_000, "NG"), (second.Header.EventTime.Nanos, second.Key.ToString()));
        Assert.Equal([double.NaN, -1000], second.Values[..2].ToArray());
        Assert.Equal((MessageType.SeriesPoint, InstrumentId.None, (ushort)3), (first.Header.Type, first.Header.Instrument, first.Series));
    }

    [Fact]
    public void As_messages_the_definition_comes_first_and_states_no_time()
    {
        SeriesSource source = Read(Header + string.Concat(Enumerable.Range(1, 30).Select(i => $"CL,{i},{i},{i},0\n")));
        byte[] buffer = MemoryMarshal.AsBytes(new long[Messages.LengthMax / 8].AsSpan()).ToArray();
        List<byte> all = [];
        for (int length; (length = source.Read(buffer)) > 0;) all.AddRange(buffer[..length]);
        byte[] bytes = [.. all];
        ref readonly SeriesDefinition definition = ref Messages.As<SeriesDefinition>(bytes);
        Assert.Equal((MessageType.SeriesDefined, true, true, "sentiment", 2), (definition.Header.Type, definition.Header.EventTime.IsNone, definition.Header.ReceiveTime.IsNone, definition.Name.ToString(), definition.ValueCount));
        Assert.Equal(("score", "count"), (definition.ValueNames[0].ToString(), definition.ValueNames[1].ToString()));
        Assert.Equal(30 * 192, bytes.Length - 576);
        for (int i = 0; i < 30; i++) Assert.Equal(i + 1, Messages.As<SeriesObservation>(bytes.AsSpan(576 + i * 192)).Values[0]);
    }

    [Fact]
    public void A_delay_stands_for_a_column_and_named_values_for_all_others()
    {
        File.WriteAllText(_path, "score,about,text,count\n1,100,long,2\n");
        SeriesSource source = SeriesFile.Read(new SeriesOptions { Name = "s", File = _path, Time = "about", Delay = new Duration(50), Values = ["count", "score"] }, 0);
        SeriesObservation point = source.Points[0];
        Assert.Equal((100, 150, ""), (point.Header.EventTime.Nanos, point.Header.ReceiveTime.Nanos, point.Key.ToString()));
        Assert.Equal([2, 1], point.Values[..2].ToArray());
    }

    [Fact]
    public void Points_come_in_the_order_in_which_they_became_known_and_of_one_time_in_the_files()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            (long Available, int Row)[] rows = [.. Enumerable.Range(0, 60).Select(row => ((long)random.Next(1, 20), row))];
            SeriesSource source = Read(Header + string.Concat(rows.Select(row => $"CL,{random.Next(1, 20)},{row.Available},{row.Row},0\n")));
            (long, int)[] found = [.. source.Points.ToArray().Select(point => (point.Header.ReceiveTime.Nanos, (int)point.Values[0]))];
            Assert.True(rows.Order().SequenceEqual(found), $"seed {seed}");      // sorted by time, then by row
        }
    }

    [Theory]
    [InlineData("CL,soon,2,1,1", ":2, column time", "'soon'", "a time with a zone")]
    [InlineData("CL,2026-01-05T14:30:00,2,1,1", ":2, column time", "'2026-01-05T14:30:00'", "a time with a zone")]
    [InlineData("CL,,2,1,1", ":2, column time", "nothing", "a time with a zone")]
    [InlineData("CL,9223372036854775807,2,1,1", ":2, column time", "'9223372036854775807'", "a time with a zone")]
    [InlineData("CL,1,2,1,1\n\nCL,1,,1,1", ":4, column published", "nothing", "a time with a zone")]
    [InlineData("CL,1,2,high,1", ":2, column score", "'high'", "a finite number")]
    [InlineData("CL,1,2,\"1,5\",1", ":2, column score", "'1,5'", "a finite number")]
    [InlineData("CL,1,2,1,1e999", ":2, column count", "'1e999'", "a finite number")]
    [InlineData("CL,1,2,1,Infinity", ":2, column count", "'Infinity'", "a finite number")]
    [InlineData("a key of more than thirty-two bytes,1,2,1,1", ":2, column symbol", "'a key of more than thirty-two bytes'", "a key of at most 32 bytes")]
    [InlineData("CL,1,2,1", ":2", "4 fields", "5 fields")]
    [InlineData("", "", "column names and no row", "at least one point")]
    public void A_bad_row_is_refused_with_its_line_and_column(string rows, string place, string found, string expected)
    {
        InputException wrong = Assert.Throws<InputException>(() => Read(Header + rows));
        Assert.Equal((_path + place, found), (wrong.Subject, wrong.Found));
        Assert.StartsWith(expected, wrong.Expected);
        Assert.NotEmpty(wrong.Fix);
    }

    [Theory]
    [InlineData("time,published,symbol\n1,1,x", "no column of values")]
    [InlineData("time,published,symbol,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17\n", "17 columns of values")]
    [InlineData("time,published,symbol,a name of more than thirty-two bytes\n", "the column 'a name of more than thirty-two bytes'")]
    [InlineData("time,published,symbol,\n", "the column ''")]
    [InlineData("when,published,symbol,score\n", "no column 'time'")]
    [InlineData("time,at,symbol,score\n", "no column 'published'")]
    [InlineData("time,published,key,score\n", "no column 'symbol'")]
    public void Columns_that_do_not_fit_are_refused(string text, string found)
    {
        InputException wrong = Assert.Throws<InputException>(() => Read(text));
        Assert.Equal(($"{_path}:1", found), (wrong.Subject, wrong.Found));
    }

    [Fact]
    public void What_is_missing_is_NaN_in_one_form()
    {
        SeriesSource source = Read(Header + "CL,1,1,,nan\nCL,1,1,-NaN,NaN\n");
        foreach (SeriesObservation point in source.Points)
            for (int i = 0; i < 2; i++) Assert.Equal(BitConverter.DoubleToInt64Bits(double.NaN), BitConverter.DoubleToInt64Bits(point.Values[i]));
    }

    private SeriesSource Read(string text)
    {
        File.WriteAllText(_path, text);
        return SeriesFile.Read(new SeriesOptions { Name = "sentiment", File = _path, Time = "time", AvailableAt = "published", Key = "symbol" }, 3);
    }
}
