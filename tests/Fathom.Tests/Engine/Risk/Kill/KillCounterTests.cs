using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk.Kill;

namespace Fathom.Tests.Engine.Risk.Kill;

public class KillCounterTests
{
    private const int Account = -1;

    [Fact]
    public void Each_is_counted_for_itself_within_the_window()
    {
        KillCounter counter = ACounter(KillScope.Strategy);
        Assert.False(counter.Note(0, At(0)));
        Assert.False(counter.Note(1, At(1)));
        Assert.True(counter.Note(0, At(9)));
        Assert.False(counter.Note(1, At(11)));      // the first of it is over
    }

    [Theory]
    [InlineData(KillScope.Account, Account, 0)]
    [InlineData(KillScope.Strategy, 1, Account)]
    [InlineData(KillScope.Strategy, 1, 0)]
    [InlineData(KillScope.Instrument, 40, 39)]
    [InlineData(KillScope.Instrument, 40, Account)]
    public void Only_who_is_forgotten_is_counted_anew(KillScope scope, int of, int other)
    {
        KillCounter counter = ACounter(scope);
        counter.Note(of, At(0));
        counter.Forget(other);
        Assert.True(counter.Note(of, At(1)));
        counter.Forget(of);
        Assert.False(counter.Note(of, At(2)));
        Assert.True(counter.Note(of, At(3)));
    }

    [Theory]
    [InlineData(KillScope.Account)]
    [InlineData(KillScope.Strategy)]
    public void The_first_message_allocates_nothing(KillScope scope)
    {
        ACounter(scope).Note(scope == KillScope.Account ? Account : 1, At(0));      // compiled
        KillCounter counter = ACounter(scope);
        long before = GC.GetAllocatedBytesForCurrentThread();
        counter.Note(scope == KillScope.Account ? Account : 1, At(0));
        counter.Forget(scope == KillScope.Account ? Account : 1);
        counter.Note(scope == KillScope.Account ? Account : 1, At(1));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static KillCounter ACounter(KillScope scope) => new(new KillRule(KillCause.RejectRate, scope, 2, new Duration(10)), strategies: 2);

    private static Timestamp At(long nanos) => new(nanos);
}
