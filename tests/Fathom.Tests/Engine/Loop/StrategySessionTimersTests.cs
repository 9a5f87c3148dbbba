using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Market.Universe;

namespace Fathom.Tests.Engine.Loop;

/// <summary>Timers that go by sessions or by the clock on the wall.</summary>
public class StrategySessionTimersTests
{
    private const long Second = 1_000_000_000, Day = 86_400 * Second;

    private readonly ScriptedStrategy _strategy = new();
    private readonly List<TimerEvent> _seen = [];

    [Fact]
    public void A_session_timer_comes_in_every_session_and_counts_those_that_it_missed()
    {
        using EngineRig rig = ARig(context =>
        {
            Assert.Equal(new Session(At(10), At(20)), context.Session);
            context.SetSessionTimer(SessionPoint.Open, new Duration(2 * Second), tag: 1);
            context.SetSessionTimer(SessionPoint.Close, new Duration(-Second), tag: 2);
        });
        rig.Define();
        Assert.Equal(At(12), rig.Engine.NextWake);
        rig.Reach(At(12)).Reach(At(19));
        Assert.Equal(At(Day / Second + 12), rig.Engine.NextWake);
        rig.Reach(new Timestamp(3 * Day + 15 * Second));
        Assert.Equal([new TimerEvent(1, At(12), 0), new(2, At(19), 0), new(1, new Timestamp(Day + 12 * Second), 2), new(2, new Timestamp(Day + 19 * Second), 1)], _seen);
        Assert.Equal(new Timestamp(3 * Day + 19 * Second), rig.Engine.NextWake);
    }

    [Theory]
    [InlineData(SessionPoint.Open, 0, 5, 10)]
    [InlineData(SessionPoint.Open, 0, 10, 10)]                 // now is not past
    [InlineData(SessionPoint.Open, 0, 11, 86_410)]
    [InlineData(SessionPoint.Open, -8, 2, 2)]
    [InlineData(SessionPoint.Open, -8, 3, 86_402)]
    [InlineData(SessionPoint.Open, 60, 65, 70)]                // behind its session's close
    [InlineData(SessionPoint.Close, 0, 20, 20)]
    [InlineData(SessionPoint.Close, 0, 21, 86_420)]
    [InlineData(SessionPoint.Close, 86_400, 3, 20)]            // of the session of the day before
    [InlineData(SessionPoint.Close, -86_400, 3, 20)]           // of the session of the next day
    public void It_comes_first_at_the_next_such_time_that_is_not_past(SessionPoint point, long offset, long now, long due)
    {
        using EngineRig rig = ARig(context => context.SetSessionTimer(point, new Duration(offset * Second), tag: 1));
        rig.Now = new Timestamp(now * Second - 1_000_000);
        rig.Define();
        Assert.Equal(At(due), rig.Engine.NextWake);
    }

    [Fact]
    public void It_can_be_cleared_and_needs_a_point()
    {
        using EngineRig rig = ARig(context => context.SetSessionTimer(SessionPoint.Close, Duration.Zero, tag: 4));
        _strategy.Book = (context, _) =>
        {
            context.ClearTimers(4);
            _strategy.Book = (later, _) => later.SetSessionTimer(SessionPoint.None, Duration.Zero, tag: 4);
        };
        rig.Define().Quote(10.00m, 10.02m);
        Assert.True(rig.Engine.NextWake.IsNone);
        Assert.Null(rig.Engine.Summarize().Strategies[0].Failure);
        rig.Quote(10.00m, 10.02m);
        Assert.Equal(StrategyCallback.OnBook, rig.Engine.Summarize().Strategies[0].Failure!.Callback);
    }

    [Fact]
    public void An_aligned_periodic_timer_comes_at_whole_multiples_of_its_period()
    {
        using EngineRig rig = ARig(context => context.SetPeriodicTimer(new Duration(7 * Second), tag: 1, aligned: true));
        rig.Now = new Timestamp(8 * Second);
        rig.Define();
        rig.Reach(At(14)).Reach(At(35));
        Assert.Equal([new TimerEvent(1, At(14), 0), new(1, At(21), 2)], _seen);
        Assert.Equal(At(42), rig.Engine.NextWake);
    }

    /// <summary>Sessions from second 10 to second 20 of each day.</summary>
    private EngineRig ARig(Action<StrategyContext> start)
    {
        _strategy.Start = start;
        _strategy.Timer = (_, timer) => _seen.Add(timer);
        return new EngineRig([new NamedStrategy("strategy", _strategy)], session: new SessionHours(new Duration(10 * Second), new Duration(20 * Second), 0x7F, [], []));
    }

    private static Timestamp At(long second) => new(second * Second);
}
