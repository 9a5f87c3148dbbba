using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Market.Universe;

namespace Fathom.Tests.Engine.Decisions;

public class TimerQueueTests
{
    private readonly TimerQueue _timers = new(new SessionCalendar(SessionHours.EveryDay));

    [Fact]
    public void The_soonest_comes_first_and_of_two_at_one_time_the_one_that_was_set_first()
    {
        Set(30, tag: 1);
        Set(10, tag: 2);
        Set(10, tag: 3);
        Assert.Equal(new Timestamp(10), _timers.Next);
        Assert.Equal([2ul, 3, 1], Take(30).Select(timer => timer.Tag));
        Assert.True(_timers.Next.IsNone);
    }

    [Fact]
    public void What_is_not_due_waits()
    {
        Set(10, tag: 1);
        Set(11, tag: 2);
        Assert.Equal([1ul], Take(10).Select(timer => timer.Tag));
        Assert.Equal(new Timestamp(11), _timers.Next);
    }

    [Fact]
    public void A_periodic_timer_comes_every_period_and_counts_those_that_it_missed()
    {
        Set(100, tag: 1, period: 100);
        Assert.Equal([new TimerEvent(1, new Timestamp(100), 0)], Take(100));
        Assert.Equal(new Timestamp(200), _timers.Next);
        Assert.Equal([new TimerEvent(1, new Timestamp(200), 2)], Take(450));      // 300 and 400 passed as well
        Assert.Equal([new TimerEvent(1, new Timestamp(500), 0)], Take(599));
        Assert.Equal([new TimerEvent(1, new Timestamp(600), 0)], Take(600));
    }

    [Fact]
    public void Timers_of_a_tag_are_cleared_and_the_others_keep_their_order()
    {
        Set(10, tag: 1);
        Set(20, tag: 2);
        Set(20, tag: 1, period: 5);
        Set(20, tag: 3);
        _timers.Clear(1);
        Assert.Equal(new Timestamp(20), _timers.Next);
        Assert.Equal([2ul, 3], Take(100).Select(timer => timer.Tag));
        _timers.Clear(7);
        Assert.True(_timers.Next.IsNone);
    }

    [Fact]
    public void A_timer_set_later_than_the_round_began_waits_for_the_next_one()
    {
        Set(10, tag: 1);
        long newest = _timers.Newest;
        Set(5, tag: 2);
        Assert.False(_timers.TryTake(new Timestamp(10), newest, out _));
        Assert.Equal(new Timestamp(5), _timers.Next);
        Assert.Equal([2ul, 1], Take(10).Select(timer => timer.Tag));
    }

    [Fact]
    public void Equals_a_list_that_is_searched_over_random_timers()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            TimerQueue timers = new(new SessionCalendar(SessionHours.EveryDay));
            List<(long Due, int Order, long Period, ulong Tag)> slow = [];
            long now = 0;
            for (int step = 0, order = 0; step < 60; step++)
            {
                now += random.Next(20);
                long due = now + random.Next(-5, 40), period = random.Next(3) == 0 ? random.Next(1, 15) : 0;
                ulong tag = (ulong)random.Next(4);
                if (random.Next(8) == 0)
                {
                    timers.Clear(tag);
                    slow.RemoveAll(timer => timer.Tag == tag);
                }
                timers.Set(new Timestamp(due), new Duration(period), tag);
                slow.Add((due, order++, period, tag));
                while (slow.Count > 0 && slow.Min() is var first && first.Due <= now)
                {
                    Assert.True(timers.TryTake(new Timestamp(now), timers.Newest, out TimerEvent taken), $"seed {seed}, step {step}");
                    long missed = 0;
                    slow.Remove(first);
                    if (first.Period > 0)
                    {
                        long next = first.Due + first.Period;
                        for (; next <= now; next += first.Period) missed++;
                        slow.Add(first with { Due = next });
                    }
                    Assert.True(taken == new TimerEvent(first.Tag, new Timestamp(first.Due), missed), $"seed {seed}, step {step}: {taken}");
                }
                Assert.False(timers.TryTake(new Timestamp(now), timers.Newest, out _), $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public void Session_timers_equal_a_walk_over_all_sessions()
    {
        const long Hour = 3_600_000_000_000, Day = 24 * Hour;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            SessionHours hours = new(new Duration(random.Next(24) * Hour), new Duration(random.Next(1, 25) * Hour), (byte)random.Next(1, 128), [random.Next(20), random.Next(20)], []);
            SessionCalendar calendar = new(hours);
            List<Session> sessions = [];
            for (Session session = calendar.Next(new Timestamp(-40 * Day)); session.Open.Nanos < 120 * Day; session = calendar.Next(session.Close)) sessions.Add(session);

            TimerQueue timers = new(new SessionCalendar(hours));
            SessionPoint point = random.Next(2) == 0 ? SessionPoint.Open : SessionPoint.Close;
            Duration offset = new(random.Next(-30, 31) * Hour);
            List<Timestamp> all = [.. sessions.Select(session => (point == SessionPoint.Open ? session.Open : session.Close) + offset)];
            Timestamp now = new(random.Next(0, 24 * 20) * Hour);
            timers.SetSession(point, offset, now, tag: 5);
            int next = all.FindIndex(time => time >= now);
            for (int step = 0; step < 15; step++)
            {
                Assert.True(timers.Next == all[next], $"seed {seed}, step {step}: {timers.Next}, expected {all[next]}");
                now = Timestamp.Max(now, all[next] + new Duration(random.Next(2) * random.Next(24 * 9) * Hour));
                int after = all.FindIndex(time => time > now);
                Assert.True(timers.TryTake(now, timers.Newest, out TimerEvent timer), $"seed {seed}, step {step}");
                Assert.True(timer == new TimerEvent(5, all[next], after - next - 1), $"seed {seed}, step {step}: {timer}");
                Assert.False(timers.TryTake(now, timers.Newest, out _));
                if (after < 0 || after > all.Count - 10) break;
                next = after;
            }
        }
    }

    [Fact]
    public void Without_a_session_to_come_there_is_no_timer()
    {
        TimerQueue timers = new(new SessionCalendar(SessionHours.EveryDay with { Days = 1, Holidays = [.. Enumerable.Range(0, 10_000)] }));
        timers.SetSession(SessionPoint.Open, Duration.Zero, new Timestamp(5), tag: 1);
        Assert.True(timers.Next.IsNone);
    }

    private void Set(long due, ulong tag, long period = 0) => _timers.Set(new Timestamp(due), new Duration(period), tag);

    private List<TimerEvent> Take(long now)
    {
        List<TimerEvent> taken = [];
        while (_timers.TryTake(new Timestamp(now), _timers.Newest, out TimerEvent timer)) taken.Add(timer);
        return taken;
    }
}
