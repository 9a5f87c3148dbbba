using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Sessions;
using Fathom.Market.Universe;
using Fathom.Tests.Host.Configuration;

namespace Fathom.Tests.Host.Sessions;

public class SessionBindingTests
{
    private const string Run = """
        [data]
        file = "x.dbn"
        [[strategy]]
        name = "quoter"

        """;

    private const string NewYork = Run + """
        [session]
        open = "09:30"
        close = "16:00"
        time_zone = "America/New_York"
        holidays = ["2026-12-25"]
        """;

    [Fact]
    public void Without_the_section_every_day_of_utc_is_a_session() => Assert.Same(SessionHours.EveryDay, Bind(Run));

    [Theory]
    [InlineData("2026-03-05T14:30:00Z", "2026-03-05T14:30:00Z", "2026-03-05T21:00:00Z")]
    [InlineData("2026-03-06T22:00:00Z", "2026-03-09T13:30:00Z", "2026-03-09T20:00:00Z")]      // over a weekend on which the clocks go forward
    [InlineData("2026-10-30T21:00:00Z", "2026-11-02T14:30:00Z", "2026-11-02T21:00:00Z")]      // and back
    [InlineData("2026-12-24T22:00:00Z", "2026-12-28T14:30:00Z", "2026-12-28T21:00:00Z")]      // a holiday and a weekend
    [InlineData("1987-04-06T00:00:00Z", "1987-04-06T13:30:00Z", "1987-04-06T20:00:00Z")]      // by the rule of that time
    [InlineData("2005-04-01T22:00:00Z", "2005-04-04T13:30:00Z", "2005-04-04T20:00:00Z")]
    public void Hours_follow_the_zone_as_it_was_at_the_time(string time, string open, string close) =>
        Assert.Equal(new Session(At(open), At(close)), new SessionCalendar(Bind(NewYork)).Next(At(time)));

    [Fact]
    public void What_is_left_out_is_Monday_to_Friday_in_utc_without_holidays()
    {
        SessionHours hours = Bind(Run, "session.open=18:00", "session.close=24:00");
        Assert.Equal((new Duration(18 * 3_600_000_000_000), new Duration(24 * 3_600_000_000_000), (byte)0b0111110, 0), (hours.Open, hours.Close, hours.Days, hours.Holidays.Count));
        Assert.Equal([new ZoneOffset(Timestamp.Earliest, Duration.Zero)], hours.Zone);
        Assert.Equal(0b1000001, Bind(NewYork, "session.days=[\"sun\", \"sat\"]").Days);
        Assert.Equal(new Duration(16 * 3_600_000_000_000 + 15_000_000_000), Bind(NewYork, "session.close=16:00:15").Close);
    }

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Europe/London")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("UTC")]
    public void Offsets_are_those_of_the_zone_at_any_moment(string name)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        IReadOnlyList<ZoneOffset> offsets = Bind(NewYork, $"session.time_zone={name}").Zone;
        for (int i = 1; i < offsets.Count; i++)
        {
            Assert.NotEqual(offsets[i - 1].Offset, offsets[i].Offset);
            foreach ((long nanos, ZoneOffset inForce) in ((long, ZoneOffset)[])[(offsets[i].From.Nanos, offsets[i]), (offsets[i].From.Nanos - 1_000_000_000, offsets[i - 1])])
                Assert.Equal(inForce.Offset.Nanos / 100, zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(nanos / 100)).Ticks);
        }
        Random random = new(1);
        for (int i = 0; i < 2_000; i++)
        {
            DateTime moment = DateTime.UnixEpoch.AddSeconds(random.NextInt64(130L * 365 * 86_400));
            ZoneOffset inForce = offsets.Last(offset => offset.From.Nanos <= (moment - DateTime.UnixEpoch).Ticks * 100);
            Assert.True(zone.GetUtcOffset(moment).Ticks * 100 == inForce.Offset.Nanos, moment.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("session.open=9:30", "session.open", "'9:30'", "HH:mm")]
    [InlineData("session.open=24:00", "session.open", "24:00", "23:59:59")]
    [InlineData("session.close=00:00", "session.close", "00:00", "up to 24:00")]
    [InlineData("session.close=16", "session.close", "16", "16:00")]
    [InlineData("session.time_zone=America/NewYork", "session.time_zone", "America/NewYork", "America/New_York")]
    [InlineData("session.time_zone=", "session.time_zone", "", "America/New_York")]
    [InlineData("session.days=[\"monday\"]", "session.days", "monday", "mon")]
    [InlineData("session.days=[]", "session.days", "[]", "at least one day")]
    [InlineData("session.holidays=[\"2026-02-30\"]", "session.holidays", "2026-02-30", "YYYY-MM-DD")]
    [InlineData("session.holidays=[\"25.12.2026\"]", "session.holidays", "25.12.2026", "YYYY-MM-DD")]
    [InlineData("session.opens=09:30", "session.opens", "unknown key", "session.open")]
    public void Nonsense_is_refused_with_the_key_and_the_fix(string set, string subject, string found, string fix)
    {
        InputException wrong = Assert.Throws<InputException>(() => Bind(NewYork, set));
        Assert.All([subject, found.Trim('\''), fix], piece => Assert.Contains(piece, wrong.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Both_ends_are_needed()
    {
        Assert.Contains("session.close", Assert.Throws<InputException>(() => Bind(Run, "session.open=09:30")).Message, StringComparison.Ordinal);
        Assert.Contains("session.open", Assert.Throws<InputException>(() => Bind(Run, "session.time_zone=UTC")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2d", 172_800_000_000_000)]
    [InlineData("0s", 0)]
    public void A_warm_up_reaches_its_strategy(string warmup, long nanos) => Assert.Equal(nanos, Settings(Run, $"strategy.0.warmup={warmup}").Engine.Strategies[0].Warmup.Nanos);

    [Theory]
    [InlineData("2")]
    [InlineData("-1d")]
    [InlineData("4000d")]
    public void A_warm_up_that_is_none_is_refused(string warmup) =>
        Assert.Contains("strategy.0.warmup", Assert.Throws<InputException>(() => Settings(Run, $"strategy.0.warmup={warmup}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Hours_and_warm_up_are_part_of_what_the_run_is_and_their_absence_is_not()
    {
        string plain = System.Text.Encoding.UTF8.GetString(Settings(Run).Engine.Configuration.Span);
        Assert.DoesNotContain("session", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("warmup", plain, StringComparison.Ordinal);
        string stated = System.Text.Encoding.UTF8.GetString(Settings(NewYork, "strategy.0.warmup=48h").Engine.Configuration.Span);
        Assert.All(["session.time_zone = \"America/New_York\"", "session.holidays = [\"2026-12-25\"]", "strategy.0.warmup = \"172800s\""], line => Assert.Contains(line, stated, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_of_a_strategy_reaches_it_and_is_part_of_the_run()
    {
        string stated = System.Text.Encoding.UTF8.GetString(Settings(Run, "strategy.name=sma-cross", "strategy.params.bars=500t").Engine.Configuration.Span);
        Assert.All(["strategy.0.params.bars = \"500t\"", "strategy.0.params.fast = 10"], line => Assert.Contains(line, stated, StringComparison.Ordinal));
    }

    private static SessionHours Bind(string toml, params string[] sets) => Settings(toml, sets).Engine.Session;

    private static BacktestSettings Settings(string toml, params string[] sets) => BacktestSettings.Bind(AConfiguration.Of(toml, sets));

    private static Timestamp At(string text) => Timestamp.TryParse(text, out Timestamp time) ? time : throw new ArgumentException(text);
}
