using Fathom.Domain.Values;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Tests.Engine.Risk.Limits;

public class RecentOrdersTests
{
    [Fact]
    public void Equals_a_list_of_everything_that_ever_left()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            OrderRate rate = new(random.Next(1, 6), new Duration(random.Next(1, 30)));
            RecentOrders recent = new(rate);
            List<long> all = [];
            long now = random.Next(3) == 0 ? long.MinValue : 0;
            for (int step = 0; step < 200; step++)
            {
                now += random.Next(12);
                bool isFull = all.Count(time => now - time < rate.Window.Nanos) >= rate.Count;
                Assert.True(isFull == recent.IsFull(new Timestamp(now)), $"seed {seed}, step {step}");
                int count = all.Count(time => now - time < rate.Window.Nanos);
                Assert.True(count == recent.CountAt(new Timestamp(now)), $"seed {seed}, step {step}: {count}, found {recent.CountAt(new Timestamp(now))}");
                if (isFull) continue;
                recent.Note(new Timestamp(now));
                all.Add(now);
            }
        }
    }
}
