using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;

namespace Fathom.Tests.Host.Configuration;

public class ConfigSectionTests
{
    private static ConfigSection Section(string lines, params string[] sets) => AConfiguration.Of("[x]\n" + lines, sets).Root.Section("x");

    [Fact]
    public void Each_type_is_read_and_written_in_its_normal_form()
    {
        const string Toml = """
            [x]
            text = "a\nb"
            isOn = true
            count = 1_000
            share = 2.50e-1
            price = 64.8
            exact = "0.1"
            quantity = 10
            latency = "1000us"
            start = 2025-10-20T13:30:00-05:00
            end = "2025-10-20T18:30:00.000000001Z"
            nanos = 1760985000000000000
            currency = "USD"
            names = ["a", "b"]
            alone = "a"
            """;
        RunConfiguration configuration = AConfiguration.Of(Toml);
        ConfigSection x = configuration.Root.Section("x");
        Assert.Equal("a\nb", x.String("text"));
        Assert.True(x.Bool("isOn"));
        Assert.Equal(1000, x.Long("count"));
        Assert.Equal(0.25m, x.Decimal("share"));
        Assert.Equal(Price.From(64.8m), x.Price("price"));
        Assert.Equal(Price.From(0.1m), x.Price("exact"));
        Assert.Equal(Quantity.Units(10), x.Quantity("quantity"));
        Assert.Equal(Duration.FromMilliseconds(1), x.Duration("latency"));
        Assert.Equal("2025-10-20T18:30:00.000000000Z", x.Timestamp("start").ToString());
        Assert.Equal(new Duration(1), x.Timestamp("end") - x.Timestamp("start"));
        Assert.Equal(1760985000000000000, x.Timestamp("nanos").Nanos);
        Assert.Equal("USD", x.Currency("currency").ToString());
        Assert.Equal(["a", "b"], x.Strings("names"));
        Assert.Equal(["a"], x.Strings("alone"));
        Assert.Equal(
            ["\"a\\nb\"", "true", "1000", "0.25", "64.80", "0.10", "10", "\"1ms\"", "2025-10-20T18:30:00.000000000Z", "2025-10-20T18:30:00.000000001Z",
             "2025-10-20T18:30:00.000000000Z", "\"USD\"", "[\"a\", \"b\"]", "[\"a\"]"],
            configuration.Entries.Select(entry => entry.Value!.ToString()));
    }

    [Theory]
    [InlineData("12345678901234567890123456789")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("1e400")]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("true")]
    [InlineData("\"1,5\"")]
    public void A_decimal_is_exact_or_refused(string literal) => Assert.Throws<InputException>(() => Section("a = " + literal).Decimal("a"));

    [Theory]
    [InlineData("0.1234567891")]
    [InlineData("1e12")]
    [InlineData("1e-10")]
    public void A_price_is_exact_or_refused(string literal) => Assert.Throws<InputException>(() => Section("a = " + literal).Price("a"));

    [Theory]
    [InlineData("a = 250", "Write a = \"250ms\", or with another unit.")]
    [InlineData("a = \"2 parsecs\"", "Write a = \"1ms\".")]
    public void A_duration_without_its_unit_is_refused(string line, string fix) => Assert.Equal(fix, Assert.Throws<InputException>(() => Section(line).Duration("a")).Fix);

    [Theory]
    [InlineData("2025-10-20", "2025-10-20T00:00:00Z")]
    [InlineData("2025-10-20T13:30:00", "2025-10-20T13:30:00Z")]
    [InlineData("2025-10-20 13:30:00.5", "2025-10-20T13:30:00.5Z")]
    [InlineData("\"2025-10-20 13:30:00\"", "2025-10-20T13:30:00Z")]
    public void A_time_without_a_zone_is_refused_with_the_one_in_UTC(string literal, string fix) =>
        Assert.StartsWith($"Write a = {fix} if UTC is meant", Assert.Throws<InputException>(() => Section("a = " + literal).Timestamp("a")).Fix, StringComparison.Ordinal);

    [Fact]
    public void A_value_out_of_range_names_key_place_found_expected_and_fix()
    {
        InputException wrong = Assert.Throws<InputException>(() => Section("a = 0").Long("a", min: 1, max: 64));
        Assert.Equal("x.a (test.toml:2:5): found 0, expected a whole number, from 1 to 64. Write a = 1, or another value in the range.", wrong.Message);
        Assert.Throws<InputException>(() => Section("a = 65").Long("a", min: 1, max: 64));
        Assert.Throws<InputException>(() => Section("a = \"-1ms\"").Duration("a", min: Duration.Zero));
        Assert.Equal(64, Section("a = 64").Long("a", min: 1, max: 64));
    }

    [Fact]
    public void A_value_of_another_form_is_refused() =>
        Assert.Equal("x.a (--set x.a): found lots, expected a whole number. Write a = 10.".Replace("lots", "\"lots\"", StringComparison.Ordinal), Assert.Throws<InputException>(() => Section("", "x.a=lots").Long("a")).Message);

    [Fact]
    public void Text_in_a_file_needs_its_quotes() => Assert.Throws<InputException>(() => Section("a = 5602").String("a"));

    [Fact]
    public void A_missing_key_is_its_fallback_or_null_or_an_error()
    {
        ConfigSection x = AConfiguration.Of("").Root.Section("x");
        Assert.Equal(7, x.Long("a", 7));
        Assert.Null(x.LongOrNull("b"));
        Assert.Null(x.FilePathOrNull("c"));
        Assert.Empty(x.Strings("d"));
        Assert.Equal("x.e: found nothing, expected a price with at most nine decimals. Write e = 64.81 under [x].", Assert.Throws<InputException>(() => x.Price("e")).Message);
        Assert.Throws<InputException>(() => x.String("f"));
    }

    [Fact]
    public void An_unknown_word_is_refused_with_the_nearest()
    {
        string[] kinds = ["future", "spot", "option"];
        Assert.Equal("spot", Section("kind = \"spot\"").Word("kind", kinds));
        Assert.Equal("Did you mean \"future\"?", Assert.Throws<InputException>(() => Section("kind = \"futrue\"").Word("kind", kinds)).Fix);
        Assert.Equal("future", Section("").Word("kind", kinds, "future"));
    }

    [Fact]
    public void Sections_are_tables_by_name_or_in_order()
    {
        ConfigSection root = AConfiguration.Of("[instrument.CLX5]\ntick = 0.01\n[instrument.\"CL.FUT\"]\ntick = 0.02\n[[strategy]]\nname = \"a\"\n[[strategy]]\nname = \"b\"").Root;
        Assert.Equal([("CLX5", "0.01"), ("CL.FUT", "0.02")], root.Section("instrument").NamedSections().Select(named => (named.Name, named.Section.Price("tick").ToString())));
        Assert.Equal(["a", "b"], root.Tables("strategy").Select(strategy => strategy.String("name")));
        Assert.Equal("strategy.1", root.Tables("strategy")[1].Path);
        Assert.Empty(root.Tables("none"));
    }

    [Fact]
    public void A_value_where_a_section_belongs_is_refused()
    {
        Assert.Throws<InputException>(() => AConfiguration.Of("venue = 1").Root.Section("venue"));
        Assert.Throws<InputException>(() => AConfiguration.Of("strategy = [1]").Root.Tables("strategy"));
        Assert.Throws<InputException>(() => AConfiguration.Of("[instrument]\ntick = 1").Root.Section("instrument").NamedSections());
    }
}
