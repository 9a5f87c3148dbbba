using Fathom.Domain.Values;
using Fathom.Engine.Execution.Exits;

namespace Fathom.Tests.Engine.Execution.Exits;

public class ExitAttemptsTests
{
    [Fact]
    public void Pauses_double_and_after_ten_times_it_is_given_up_until_something_moves()
    {
        ExitAttempts attempts = new();
        Timestamp clock = new(0);
        Assert.True(attempts.MayTry(clock));
        for (int i = 1; i < ExitAttempts.Max; i++)
        {
            attempts.NoteFailure(clock);
            Assert.False(attempts.MayTry(clock));
            Assert.Equal(100L << (i - 1), (attempts.Due - clock).Nanos / 1_000_000);
            clock = attempts.Due;
            Assert.True(attempts.MayTry(clock));
        }
        attempts.NoteFailure(clock);
        Assert.True(attempts.IsGivenUp && attempts.Due.IsNone && !attempts.MayTry(clock + Duration.FromMilliseconds(1_000_000)));
        attempts.Reset();
        Assert.True(attempts.MayTry(clock));
    }

    [Fact]
    public void Failures_of_long_ago_are_forgotten()
    {
        ExitAttempts attempts = new();
        Timestamp clock = new(0);
        for (int i = 0; i < 50; i++)
        {
            attempts.NoteFailure(clock);
            clock += Duration.FromMilliseconds(200_000);
        }
        Assert.False(attempts.IsGivenUp);
        Assert.Equal(1, attempts.Count);
    }
}
