using Fathom.Domain;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

public class RingTests
{
    [Fact]
    public void Items_leave_in_the_order_in_which_they_came()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            Ring<int> ring = new(1 << 10);
            Queue<int> twin = new();
            for (int i = 0; i < 300; i++)
            {
                if (random.Next(5) < 3)
                {
                    ring.Enqueue(i);
                    twin.Enqueue(i);
                }
                else if (twin.Count > 0)
                {
                    Assert.True(twin.Dequeue() == ring.First, $"seed {seed}, step {i}");
                    ring.Dequeue();
                }
                Assert.Equal((twin.Count, twin.Count == 0), (ring.Count, ring.IsEmpty));
            }
        }
    }

    [Fact]
    public void Ring_at_its_bound_stops_the_run()
    {
        Ring<int> ring = new(16);
        for (int i = 0; i < 16; i++) ring.Enqueue(i);

        Assert.Throws<InvariantException>(() => ring.Enqueue(16));
    }
}
