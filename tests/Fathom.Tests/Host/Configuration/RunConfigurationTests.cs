using System.Text;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;

namespace Fathom.Tests.Host.Configuration;

public class RunConfigurationTests
{
    private const string Toml = """
        threads = 4
        [data]
        file = "day.dbn"
        [venue]
        entry_latency = "1500us"
        [[strategy]]
        name = "quoter"
        [strategy.params]
        half_spread = 2
        [[strategy]]
        name = "other"
        [instrument."CL.FUT"]
        tick = 0.010
        """;

    /// <summary>Reads the vocabulary of these tests, as the owners of options do.</summary>
    private static RunConfiguration Bind(RunConfiguration configuration)
    {
        ConfigSection root = configuration.Root;
        root.Long("threads", 1, affectsResult: false);
        root.Section("data").FilePath("file");
        root.Section("data").TimestampOrNull("start");
        root.Section("venue").Duration("entry_latency", Duration.Zero);
        root.Section("venue").Duration("response_latency", Duration.Zero);
        foreach (ConfigSection strategy in root.Tables("strategy"))
        {
            strategy.String("name");
            strategy.Section("params").Quantity("half_spread", Quantity.Units(1));
        }
        foreach ((string _, ConfigSection instrument) in root.Section("instrument").NamedSections()) instrument.Price("tick");
        return configuration;
    }

    private static RunConfiguration Bound(string toml, params string[] sets) => Bind(AConfiguration.Of(toml, sets));

    [Fact]
    public void The_canonical_form_is_sorted_and_without_paths_and_threads() =>
        Assert.Equal("""
            instrument."CL.FUT".tick = 0.01
            strategy.0.name = "quoter"
            strategy.0.params.half_spread = 2
            strategy.1.name = "other"
            strategy.1.params.half_spread = 1
            venue.entry_latency = "1500us"
            venue.response_latency = "0s"

            """, Encoding.UTF8.GetString(Bound(Toml).Canonical()));

    [Fact]
    public void The_canonical_form_does_not_depend_on_how_and_where_a_value_was_written()
    {
        byte[] canonical = Bound(Toml).Canonical();
        Assert.Equal(canonical, Bound(Toml, "venue.entry_latency=1.5ms", "threads=8", "data.file=/other").Canonical());
        Assert.Equal(canonical, Bound(Toml, "venue.response_latency=0ns").Canonical());
        Assert.NotEqual(canonical, Bound(Toml, "venue.entry_latency=2ms").Canonical());
    }

    [Fact]
    public void The_configuration_as_used_runs_again()
    {
        RunConfiguration first = Bound(Toml, "venue.response_latency=3ms");
        RunConfiguration again = Bound(first.AsUsed());
        again.RejectUnknown();
        Assert.Equal(first.AsUsed(), again.AsUsed());
        Assert.Equal(first.Canonical(), again.Canonical());
        Assert.Contains($"file = \"{AConfiguration.WorkingFolder}/day.dbn\"", first.AsUsed(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_is_known_throughout_is_accepted() => Bound(Toml).RejectUnknown();

    [Theory]
    [InlineData("[venue]\nentry_latncy = \"1ms\"", "test.toml:2:16: found the unknown key venue.entry_latncy, expected venue.entry_latency.")]
    [InlineData("[vneue]\nentry_latency = \"1ms\"", "test.toml:1:1: found the unknown key vneue, expected venue.")]
    [InlineData("[[strategy]]\nname = \"a\"\n[strategy.params]\nhalfspread = 1", "expected strategy.0.params.half_spread.")]
    [InlineData("[instrument.CLX5]\ntick = 1\ntik = 1", "expected instrument.CLX5.tick.")]
    [InlineData("[venue]\ncolour = 1", "expected in [venue] only entry_latency, response_latency.")]
    [InlineData("zzz = 1", "expected at the top only threads, data, venue, strategy, instrument.")]
    [InlineData("[data]\nentry_latency = 1", "expected venue.entry_latency.")]
    public void An_unknown_key_is_refused_with_the_nearest(string toml, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Bound(toml, "data.file=x").RejectUnknown()).Message, StringComparison.Ordinal);

    [Fact]
    public void Several_unknown_keys_are_named_together()
    {
        InputException wrong = Assert.Throws<InputException>(() => Bound("[venue]\nentry_latncy = 1\n[riks]\na = 1", "data.file=x", "data.fil=x").RejectUnknown());
        Assert.Equal("the unknown key venue.entry_latncy (test.toml:2:16), the unknown key riks (test.toml:3:1), the unknown key data.fil (--set data.fil)", wrong.Found);
    }

    [Fact]
    public void A_message_names_ten_unknown_keys_at_most() =>
        Assert.EndsWith("x9 (test.toml:10:6) and 90 more", Assert.Throws<InputException>(() =>
            Bound(string.Concat(Enumerable.Range(0, 100).Select(i => $"x{i} = 1\n")), "data.file=x").RejectUnknown()).Found, StringComparison.Ordinal);

    [Fact]
    public void A_misspelt_variable_is_refused_too() =>
        Assert.Equal("environment variable FATHOM__VENUE__ENTRY_LATNCY",
            Assert.Throws<InputException>(() => Bind(AConfiguration.WithVariable(Toml, "FATHOM__VENUE__ENTRY_LATNCY", "1ms")).RejectUnknown()).Subject);

    [Fact]
    public void Every_entry_says_where_it_came_from()
    {
        RunConfiguration configuration = Bind(AConfiguration.WithVariable(Toml, "FATHOM__DATA__START", "2025-10-20T00:00:00Z", "threads=2"));
        Assert.Equal(
            ["threads --set threads", "data.file test.toml:3:8", "data.start environment variable FATHOM__DATA__START", "venue.entry_latency test.toml:5:17", "venue.response_latency default"],
            configuration.Entries.Take(5).Select(entry => $"{entry.Path} {entry.Origin}"));
    }
}
