using System.Globalization;
using System.Text.Json;
using Fathom.Data.Dbn;
using Fathom.Data.Dbn.Records;

namespace Fathom.Scenarios.Data;

public class VendorJsonTests
{
    [Fact]
    public void Bars_and_header_equal_the_vendors_json_dump()
    {
        string[] lines = File.ReadAllLines(RealFiles.Find("dbn/corpus-go/test_data.ohlcv-1s.json"));
        using DbnRecordReader reader = DbnRecordReader.Open(RealFiles.Find("dbn/corpus-go/test_data.ohlcv-1s.dbn"));
        int line = 0;
        while (reader.TryRead(out DbnRecord record))
        {
            Assert.True(record.TryAs(out OhlcvRecord bar));
            Assert.Equal(lines[line++], Json(bar));
        }
        Assert.Equal(lines.Length, line);

        using JsonDocument meta = JsonDocument.Parse(File.ReadAllText(RealFiles.Find("dbn/corpus-go/test_data.ohlcv-1s.meta.json")));
        JsonElement expected = meta.RootElement;
        DbnHeader header = reader.Header;
        Assert.Equal(expected.GetProperty("version").GetByte(), header.Version);
        Assert.Equal(expected.GetProperty("dataset").GetString(), header.Dataset);
        Assert.Equal(expected.GetProperty("schema").GetString(), DbnNames.Of(header.Schema));
        Assert.Equal(expected.GetProperty("start").GetString(), header.Start.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(expected.GetProperty("end").GetString(), header.End.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(expected.GetProperty("limit").GetString(), header.Limit.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(expected.GetProperty("stype_in").GetString(), DbnNames.Of(header.SymbologyIn));
        Assert.Equal(expected.GetProperty("stype_out").GetString(), DbnNames.Of(header.SymbologyOut));
        Assert.Equal(expected.GetProperty("symbol_cstr_len").GetInt32(), header.SymbolLength);
        Assert.Equal(["ESH1"], header.Symbols);
        Assert.Equal(new DbnMappingInterval(20201228, 20201229, "5482"), Assert.Single(Assert.Single(header.Mappings).Intervals));
    }

    private static string Json(in OhlcvRecord bar) =>
        $$"""{"hd":{"ts_event":"{{bar.Header.EventTime}}","rtype":{{(byte)bar.Header.Type}},"publisher_id":{{bar.Header.Publisher}},"instrument_id":{{bar.Header.Instrument}}},""" +
        $$"""{{""}}"open":"{{bar.Open}}","high":"{{bar.High}}","low":"{{bar.Low}}","close":"{{bar.Close}}","volume":"{{bar.Volume}}"}""";
}
