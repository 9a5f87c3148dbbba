using System.Globalization;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Tests.Market.Universe;

public class SessionCalendarTests
{
    private const byte MondayToFriday = 0b0111110;

    [Fact]
    public void Without_hours_every_day_of_utc_is_a_session()
    {
        SessionCalendar calendar = new(SessionHours.EveryDay);
        Assert.Equal(new Session(At("2026-03-05T00:00:00Z"), At("2026-03-06T00:00:00Z")), calendar.Next(At("2026-03-05T00:00:00Z")));
        Assert.Equal(At("2026-03-06T00:00:00Z"), calendar.Next(At("2026-03-05T23:59:59.999999999Z")).Close);
        Assert.Equal(At("1969-12-31T00:00:00Z"), calendar.Next(At("1969-12-31T12:00:00Z")).Open);
    }

    [Theory]
    [InlineData("2026-03-05T14:30:00Z", "2026-03-05T14:30:00Z", "2026-03-05T21:00:00Z")]      // Thursday, winter time
    [InlineData("2026-03-05T21:00:00Z", "2026-03-06T14:30:00Z", "2026-03-06T21:00:00Z")]      // the close belongs to what follows
    [InlineData("2026-03-06T22:00:00Z", "2026-03-09T13:30:00Z", "2026-03-09T20:00:00Z")]      // over a weekend on which the clocks go forward
    [InlineData("2026-10-30T21:00:00Z", "2026-11-02T14:30:00Z", "2026-11-02T21:00:00Z")]      // and back
    [InlineData("2026-12-24T22:00:00Z", "2026-12-28T14:30:00Z", "2026-12-28T21:00:00Z")]      // a holiday and a weekend
    public void Hours_follow_the_zone_the_week_and_the_holidays(string time, string open, string close)
    {
        SessionCalendar calendar = new(NewYork(Hours(9, 30), Hours(16, 0)));
        Assert.Equal(new Session(At(open), At(close)), calendar.Next(At(time)));
    }

    [Fact]
    public void A_session_that_opens_in_the_evening_belongs_to_the_day_on_which_it_closes()
    {
        SessionCalendar calendar = new(NewYork(Hours(18, 0), Hours(17, 0)));
        Assert.Equal(new Session(At("2026-03-05T23:00:00Z"), At("2026-03-06T22:00:00Z")), calendar.Next(At("2026-03-05T23:00:00Z")));
        Assert.False(calendar.TryFind(At("2026-03-05T22:30:00Z"), out Session next));
        Assert.Equal(At("2026-03-05T23:00:00Z"), next.Open);
        Assert.Equal(At("2026-03-08T22:00:00Z"), calendar.Next(At("2026-03-07T00:00:00Z")).Open);      // Sunday evening, summer time by then
    }

    [Fact]
    public void It_answers_alike_in_whatever_order_it_is_asked()
    {
        SessionHours hours = NewYork(Hours(9, 30), Hours(16, 0));
        SessionCalendar one = new(hours);
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            Timestamp time = At("2026-01-01T00:00:00Z") + new Duration(random.NextInt64(365L * 86_400_000_000_000));
            Session session = one.Next(time);
            Assert.True(session == new SessionCalendar(hours).Next(time), $"seed {seed}");
            Assert.True(session.Close > time, $"seed {seed}");
            Assert.Equal(session.Contains(time), one.TryFind(time, out _));
        }
    }

    [Fact]
    public void Days_that_never_come_are_no_session() =>
        Assert.True(new SessionCalendar(SessionHours.EveryDay with { Days = 1, Holidays = [.. Enumerable.Range(20_000, 5_000)] }).Next(At("2026-01-01T00:00:00Z")).Open.IsNone);

    [Fact]
    public void Hours_that_make_no_session_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SessionCalendar(SessionHours.EveryDay with { Days = 0 }));
        Assert.Throws<ArgumentException>(() => new SessionCalendar(SessionHours.EveryDay with { Close = Duration.Zero }));
    }

    private static SessionHours NewYork(Duration open, Duration close) => new(open, close, MondayToFriday, [Day("2026-12-25")],
    [
        new ZoneOffset(Timestamp.Earliest, Hours(-5, 0)),
        new ZoneOffset(At("2026-03-08T07:00:00Z"), Hours(-4, 0)),
        new ZoneOffset(At("2026-11-01T06:00:00Z"), Hours(-5, 0)),
    ]);

    private static Duration Hours(int hours, int minutes) => Duration.FromMilliseconds((hours * 60L + minutes) * 60_000);

    private static int Day(string date) => (int)(DateTime.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) - DateTime.UnixEpoch).TotalDays;

    private static Timestamp At(string text) => Timestamp.TryParse(text, out Timestamp time) ? time : throw new ArgumentException(text);
}
