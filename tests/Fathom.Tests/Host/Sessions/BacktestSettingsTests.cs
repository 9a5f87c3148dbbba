using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;

namespace Fathom.Tests.Host.Sessions;

public class BacktestSettingsTests
{
    private const string Smallest = """
        [data]
        file = "x.dbn"
        [[strategy]]
        name = "quoter"
        """;

    private static readonly Dictionary<string, string> NoVariables = [];

    [Fact]
    public void What_is_left_out_has_a_stated_default()
    {
        BacktestSettings settings = Bind(Smallest);
        Assert.Equal("/here/x.dbn", settings.DataFile);
        Assert.Equal((1_000_000, 1_000_000, 0), (settings.Latency.Entry.Nanos, settings.Latency.Response.Nanos, settings.Latency.Feed.Nanos));
        Assert.Equal(("USD", 100_000m), (settings.Engine.Currency.ToString(), settings.Engine.Cash));
        Assert.True(settings.Engine.Limits.PositionMax.IsNone);
        Assert.Equal("quoter", Assert.Single(settings.Engine.Strategies).Name);
        Assert.Contains("half_spread = 1", settings.AsUsed, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_reaches_its_owner()
    {
        BacktestSettings settings = Bind(Smallest, "data.instrument=CLX5", "data.start=2025-09-24T20:00:00Z", "data.end=1758747600000000000", "data.definitions=d.dbn",
            "venue.entry_latency=250us", "venue.response_latency=2ms", "venue.feed_latency=3ms", "account.currency=EUR", "account.cash=5", "risk.position_max=7",
            "instrument.\"CLX5\".tick=0.01", "instrument.\"CLX5\".multiplier=1000", "instrument.\"CLX5\".kind=spot");
        Assert.Equal(["CLX5"], settings.Reading.Instruments);
        Assert.Equal("2025-09-24T20:00:00.000000000Z", settings.Engine.Start.ToString());
        Assert.Equal(1_758_747_600_000_000_000, settings.Reading.End.Nanos);
        Assert.Equal("/here/d.dbn", settings.Reading.Definitions);
        Assert.Equal((250_000, 2_000_000, 3_000_000), (settings.Latency.Entry.Nanos, settings.Latency.Response.Nanos, settings.Latency.Feed.Nanos));
        Assert.Equal(("EUR", 5m), (settings.Engine.Currency.ToString(), settings.Engine.Cash));
        Assert.Equal(Quantity.Units(7), settings.Engine.Limits.PositionMax);
        Assert.Equal(("CLX5", 10_000_000, 1000m, InstrumentKind.Spot),
            (settings.Instruments[0].Symbol, settings.Instruments[0].Tick!.Value.Nanos, settings.Instruments[0].Multiplier, settings.Instruments[0].Kind));
    }

    [Theory]
    [InlineData("data.start=2025-09-24T20:00:00Z", "data.end=2025-09-24T19:00:00Z", "start")]
    [InlineData("data.start=2025-09-24T20:00:00", null, "zone")]
    [InlineData("venue.entry_latency=-1ms", null, "entry_latency")]
    [InlineData("venue.entry_latency=5", null, "entry_latency")]
    [InlineData("venue.entry_latancy=5ms", null, "entry_latency")]
    [InlineData("fees.maker_bps=20000", null, "maker_bps")]
    [InlineData("account.currency=dollars", null, "currency")]
    [InlineData("account.cash=-1", null, "cash")]
    [InlineData("risk.position_max=0", null, "position_max")]
    [InlineData("strategy.name=quoterr", null, "quoter")]
    [InlineData("strategy.params.half_spred=1", null, "half_spread")]
    [InlineData("strategy.params.size=-1", null, "size")]
    [InlineData("instrument.\"A\".tick=0", null, "tick")]
    [InlineData("instrument.\"A\".kind=cubic", null, "linear")]
    public void Nonsense_is_refused_with_the_key_that_is_meant(string set, string? other, string named)
    {
        string[] sets = other is null ? [set] : [set, other];
        InputException wrong = Assert.Throws<InputException>(() => Bind(Smallest, sets));
        Assert.Contains(named, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_or_a_place_to_run_in_is_no_part_of_what_the_run_is()
    {
        BacktestSettings one = Bind(Smallest), other = Bind(Smallest, "data.file=/elsewhere/y.dbn"), third = Bind(Smallest, "venue.entry_latency=2ms");
        Assert.Equal(one.Engine.Configuration.ToArray(), other.Engine.Configuration.ToArray());
        Assert.NotEqual(one.Engine.Configuration.ToArray(), third.Engine.Configuration.ToArray());
    }

    private static BacktestSettings Bind(string toml, params string[] sets) =>
        BacktestSettings.Bind(ConfigurationLayers.FromText("test", toml, sets, NoVariables, "/here"));
}
