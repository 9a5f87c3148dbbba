using Fathom.Domain.Numerics;
using Fathom.Simulation.Generator;

namespace Fathom.Tests.Simulation.Generator;

public class EventQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void The_earliest_acts_next_and_equal_times_go_by_instrument(int instruments)
    {
        SplitMix64 random = new((ulong)instruments);
        long[] times = new long[instruments];
        for (int i = 0; i < instruments; i++) times[i] = random.NextBelow(20);
        EventQueue queue = new(times);
        for (int step = 0; step < 5_000; step++)
        {
            int expected = Array.IndexOf(times, times.Min());
            Assert.Equal((expected, times[expected]), (queue.Instrument, queue.Time));
            times[expected] += random.NextBelow(20);
            queue.Reschedule(times[expected]);
        }
    }
}
