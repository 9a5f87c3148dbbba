using Fathom.Domain.Values;
using Fathom.Engine.Orders;

namespace Fathom.Tests.Engine.Orders;

public class SeenExecutionsTests
{
    [Fact]
    public void Knows_every_id_it_was_given_and_no_other()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            SeenExecutions seen = new();
            HashSet<ExecutionId> twin = [];
            for (int step = 0; step < 200; step++)
            {
                ExecutionId id = random.Next(5) == 0 ? new ExecutionId(9, (ulong)random.Next(5)) : new ExecutionId(0, (ulong)random.Next(1, 40));
                Assert.True(twin.Add(id) == seen.TryAdd(id), $"seed {seed}, step {step}: {id}");
            }
        }
    }

    [Fact]
    public void Running_numbers_are_not_remembered_one_by_one()
    {
        SeenExecutions seen = new();
        seen.TryAdd(new ExecutionId(0, 3));
        seen.TryAdd(new ExecutionId(0, 2));
        Assert.Equal(2, seen.RememberedCount);
        for (ulong number = 1; number < 100_000; number++) seen.TryAdd(new ExecutionId(0, number));
        Assert.Equal(0, seen.RememberedCount);
        Assert.False(seen.TryAdd(new ExecutionId(0, 3)));
    }
}
