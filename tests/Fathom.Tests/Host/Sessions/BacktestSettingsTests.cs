using Fathom.Data.Series;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Risk;
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
        Assert.Equal("/here/x.dbn", settings.Market.Name);
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
        Assert.Equal(["CLX5"], settings.Market.Reading.Instruments);
        Assert.Equal("2025-09-24T20:00:00.000000000Z", settings.Engine.Start.ToString());
        Assert.Equal(1_758_747_600_000_000_000, settings.Market.Reading.End.Nanos);
        Assert.Equal("/here/d.dbn", settings.Market.Reading.Definitions);
        Assert.Equal((250_000, 2_000_000, 3_000_000), (settings.Latency.Entry.Nanos, settings.Latency.Response.Nanos, settings.Latency.Feed.Nanos));
        Assert.Equal(("EUR", 5m), (settings.Engine.Currency.ToString(), settings.Engine.Cash));
        Assert.Equal(Quantity.Units(7), settings.Engine.Limits.PositionMax);
        Assert.Equal(("CLX5", 10_000_000, 1000m, InstrumentKind.Spot),
            (settings.Instruments[0].Symbol, settings.Instruments[0].Tick!.Value.Nanos, settings.Instruments[0].Multiplier, settings.Instruments[0].Kind));
    }

    [Fact]
    public void What_the_engine_does_in_the_venues_place_the_venue_lacks()
    {
        Assert.Equal(VenueFeatures.All, Bind(Smallest).Engine.VenueFeatures);
        Assert.Equal(VenueFeatures.Expiry | VenueFeatures.ReduceOnly, Bind(Smallest, "venue.held=[\"stops\",\"trailing\",\"lists\"]").Engine.VenueFeatures);
        Assert.Equal(VenueFeatures.None, Bind(Smallest, "venue.held=[\"stops\",\"trailing\",\"expiry\",\"reduce_only\",\"lists\"]").Engine.VenueFeatures);
        Assert.Equal(SelfMatch.Refuse, Bind(Smallest).Engine.Limits.SelfMatch);
        Assert.Equal(SelfMatch.CancelResting, Bind(Smallest, "risk.self_match=cancel_resting").Engine.Limits.SelfMatch);
    }

    [Fact]
    public void A_series_and_a_context_reach_their_readers_and_their_paths_are_no_part_of_the_run()
    {
        string[] sets = ["series.name=sentiment", "series.file=s.csv", "series.time=t", "series.delay=1m", "series.values=[\"a\",\"b\"]", "strategy.context=runs/context.csv", "strategy.id=mine"];
        BacktestSettings settings = Bind(Smallest, sets);
        SeriesOptions series = Assert.Single(settings.Series);
        Assert.Equal(("sentiment", "/here/s.csv", "t", null, 60_000_000_000, null), (series.Name, series.File, series.Time, series.AvailableAt, series.Delay.Nanos, series.Key));
        Assert.Equal(["a", "b"], series.Values);
        Assert.Equal(new CarriedContext(0, "mine", "/here/runs/context.csv"), Assert.Single(settings.Contexts));
        Assert.Equal(["test", "/here/x.dbn", null, "/here/s.csv", "/here/runs/context.csv", null], settings.InputFiles);
        byte[] elsewhere = Bind(Smallest, [.. sets, "series.file=other.csv", "strategy.context=other.csv"]).Engine.Configuration.ToArray();
        Assert.Equal(settings.Engine.Configuration.ToArray(), elsewhere);
        Assert.NotEqual(elsewhere, Bind(Smallest, [.. sets, "series.delay=2m"]).Engine.Configuration.ToArray());

        SeriesOptions published = Assert.Single(Bind(Smallest, "series.name=s", "series.file=s.csv", "series.time=t", "series.available_at=p", "series.key=k").Series);
        Assert.Equal(("p", "k", 0), (published.AvailableAt, published.Key, published.Values.Count));
    }

    [Theory]
    [InlineData("series.0.delay", "nothing", "either available_at or delay", "series.time=t")]
    [InlineData("series.0.delay", "\"0s\"", "either available_at or delay", "series.time=t", "series.available_at=p", "series.delay=0s")]
    [InlineData("series.0.delay", "\"-1s\"", "a duration", "series.time=t", "series.delay=-1s")]
    [InlineData("series.0.time", "nothing", "text", "series.delay=0s")]
    [InlineData("series.0.name", "\"a name of more than thirty-two bytes\"", "a name of 1 to 32 bytes", "series.time=t", "series.delay=0s", "series.name=a name of more than thirty-two bytes")]
    [InlineData("series.0.values", "[\"a\", \"a\"]", "each column once", "series.time=t", "series.delay=0s", "series.values=[\"a\",\"a\"]")]
    [InlineData("series.0.values", "[", "at most 16 columns", "series.time=t", "series.delay=0s", "series.values=[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\"]")]
    public void Nothing_of_a_series_is_guessed(string subject, string found, string expected, params string[] sets)
    {
        InputException wrong = Assert.Throws<InputException>(() => Bind(Smallest, ["series.name=s", "series.file=s.csv", .. sets]));
        Assert.StartsWith(subject, wrong.Subject);
        Assert.StartsWith(found, wrong.Found);
        Assert.StartsWith(expected, wrong.Expected);
    }

    [Fact]
    public void Two_series_have_two_names()
    {
        const string One = "[[series]]\nname = \"s\"\nfile = \"s.csv\"\ntime = \"t\"\ndelay = \"0s\"\n";
        Assert.StartsWith("series.1.name", Assert.Throws<InputException>(() => Bind($"{Smallest}\n{One}{One}")).Subject);
        Assert.StartsWith("[[series]]", Assert.Throws<InputException>(() => Bind(Smallest + "\n" + string.Concat(Enumerable.Repeat(One, 65)))).Subject);
    }

    [Theory]
    [InlineData("data.start=2025-09-24T20:00:00Z", "data.end=2025-09-24T19:00:00Z", "start")]
    [InlineData("data.start=2025-09-24T20:00:00", null, "zone")]
    [InlineData("venue.entry_latency=-1ms", null, "entry_latency")]
    [InlineData("venue.held=[\"stop\"]", null, "stops, trailing, expiry, reduce_only, lists")]
    [InlineData("risk.self_match=allow", null, "cancel_resting")]
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

    private const string Blended = """
        [data]
        file = "x.dbn"
        [[strategy]]
        name = "quoter"
        id = "a"
        [[strategy]]
        name = "buy-and-hold"
        [[aggregator]]
        id = "blend"
        method = "vote"
        strategies = ["a", "buy-and-hold"]
        weights = [2, 0.5]
        threshold = 0.25
        urgency = "passive"
        """;

    [Fact]
    public void An_aggregator_names_its_members_and_their_weights()
    {
        BacktestSettings settings = Bind(Blended);
        AggregatorOptions blend = Assert.Single(settings.Engine.Aggregators);
        Assert.Equal(("blend", AggregatorMethod.Vote, 0.25m, TargetUrgency.Passive), (blend.Id, blend.Method, blend.Threshold, blend.Urgency));
        Assert.Equal(["a", "buy-and-hold"], blend.Strategies);
        Assert.Equal([2m, 0.5m], blend.Weights);
        Assert.Equal(["a", "buy-and-hold", "blend"], settings.Engine.OwnerNames);
        Assert.Contains("weights = [2, 0.5]", settings.AsUsed, StringComparison.Ordinal);
        Assert.Contains(settings.Shown, entry => entry.Path == "aggregator.0.method");
        Assert.Equal(settings.Engine.Configuration.ToArray(), Bind(settings.AsUsed).Engine.Configuration.ToArray());

        AggregatorOptions plain = Bind(Smallest + "\n[[aggregator]]\nid = \"one\"\nmethod = \"net\"\nstrategies = \"quoter\"").Engine.Aggregators[0];
        Assert.Equal((0m, TargetUrgency.Immediate, 0), (plain.Threshold, plain.Urgency, plain.Weights.Count));
    }

    [Theory]
    [InlineData("aggregator.id=a", "another name than 'a'")]
    [InlineData("aggregator.id=external", "not 'external'")]
    [InlineData("aggregator.method=votes", "Did you mean \"vote\"?")]
    [InlineData("aggregator.urgency=now", "one of immediate, normal, passive")]
    [InlineData("aggregator.strategies=[]", "at least one of a, buy-and-hold")]
    [InlineData("aggregator.strategies=[\"a\", \"buy-and-hole\"]", "there is no 'buy-and-hole'. Did you mean \"buy-and-hold\"?")]
    [InlineData("aggregator.strategies=[\"a\", \"a\"]", "'a' is there twice")]
    [InlineData("aggregator.weights=[1]", "one weight for each of the 2 strategies")]
    [InlineData("aggregator.weights=[1, 0]", "numbers above 0")]
    [InlineData("aggregator.weights=[1, 1001]", "at most 1000")]
    [InlineData("aggregator.weights=[1, 0.1234567891]", "nine decimals")]
    [InlineData("aggregator.weights=[1, \"much\"]", "a list of decimal numbers")]
    [InlineData("aggregator.threshold=1.5", "from 0 to 1")]
    [InlineData("aggregator.threshold=0.1234567891", "nine decimals")]
    [InlineData("aggregator.method=priority", "none where the method is priority")]
    [InlineData("aggregator.method=net", "none where the method is net")]
    [InlineData("aggregator.weight=[1, 2]", "weights")]
    public void An_aggregator_that_makes_no_sense_is_refused(string set, string words) =>
        Assert.Contains(words, Assert.Throws<InputException>(() => Bind(Blended, set)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_strategy_is_in_one_aggregator() =>
        Assert.Contains("'a' is there twice", Assert.Throws<InputException>(() => Bind(Blended + "\n[[aggregator]]\nid = \"two\"\nmethod = \"net\"\nstrategies = [\"a\"]")).Message, StringComparison.Ordinal);

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
