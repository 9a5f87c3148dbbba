using System.Text.Json;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;
using Fathom.Host.Terminal;

namespace Fathom.Tests.Host.Configuration;

public class ConfigExplanationTests
{
    private static string Explain(bool isJson)
    {
        RunConfiguration configuration = AConfiguration.Of("[venue]\nentry_latency = \"1500us\"", "data.file=/a.dbn");
        configuration.Root.Section("data").FilePath("file");
        configuration.Root.Section("data").TimestampOrNull("start");
        configuration.Root.Section("venue").Duration("entry_latency");
        configuration.Root.Section("fees").Decimal("maker_bps", 0.5m);
        StringWriter output = new();
        ConfigExplanation.Write(new Screen(output, TextWriter.Null, isJson), configuration);
        return output.ToString();
    }

    [Fact]
    public void Piped_it_is_a_line_for_each_value() => Assert.Equal("""
        data.file            "/a.dbn"   --set data.file
        data.start           (not set)  default
        venue.entry_latency  "1500us"   test.toml:2:17
        fees.maker_bps       0.5        default

        """, Explain(isJson: false));

    [Fact]
    public void As_JSON_values_keep_their_types()
    {
        using JsonDocument json = JsonDocument.Parse(Explain(isJson: true));
        JsonElement[] values = [.. json.RootElement.GetProperty("values").EnumerateArray()];
        Assert.Equal("test.toml", json.RootElement.GetProperty("config").GetString());
        Assert.Equal("/a.dbn", values[0].GetProperty("value").GetString());
        Assert.False(values[0].GetProperty("affects_result").GetBoolean());
        Assert.Equal(JsonValueKind.Null, values[1].GetProperty("value").ValueKind);
        Assert.Equal(("file", "test.toml:2:17"), (values[2].GetProperty("layer").GetString(), values[2].GetProperty("from").GetString()));
        Assert.Equal(0.5m, values[3].GetProperty("value").GetDecimal());
    }
}
