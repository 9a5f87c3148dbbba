using Fathom.Domain.Numerics;
using Fathom.Simulation.Generator;

namespace Fathom.Tests.Simulation.Generator;

public class LadderSideTests
{
    [Fact]
    public void A_side_equals_sorted_queues_after_every_change()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SplitMix64 random = new(seed);
            OrderPool pool = new(300);
            LadderSide side = new(pool, 400);
            SortedList<int, List<int>> twin = [];
            List<int> live = [];
            for (int step = 0; step < 2_000; step++)
            {
                bool isAdd = live.Count < 2 || (random.NextBelow(2) == 0 && !pool.IsFull);
                if (isAdd) live.Add(Append(pool, side, twin, key: random.NextBelow(60) * random.NextBelow(8) - 50, quantity: 1 + random.NextBelow(9), (ulong)step + 1));
                else Take(pool, side, twin, live, ref random);
                Compare(pool, side, twin, $"seed {seed}, step {step}");
            }
        }
    }

    private static int Append(OrderPool pool, LadderSide side, SortedList<int, List<int>> twin, int key, int quantity, ulong id)
    {
        int slot = pool.Take(id, key, quantity);
        side.Append(slot);
        if (!twin.TryGetValue(key, out List<int>? queue)) twin.Add(key, queue = []);
        queue.Add(slot);
        return slot;
    }

    private static void Take(OrderPool pool, LadderSide side, SortedList<int, List<int>> twin, List<int> live, ref SplitMix64 random)
    {
        int slot = live[random.NextBelow(live.Count)];
        int key = pool[slot].Key;
        if (pool[slot].Quantity > 1 && random.NextBelow(3) == 0)
        {
            side.Reduce(slot, 1);
            return;
        }
        side.Remove(slot);
        pool.Return(slot);
        live.Remove(slot);
        twin[key].Remove(slot);
        if (twin[key].Count == 0) twin.Remove(key);
    }

    private static void Compare(OrderPool pool, LadderSide side, SortedList<int, List<int>> twin, string context)
    {
        Assert.True(side.LevelCount == twin.Count, context);
        for (int i = 0; i < twin.Count; i++)
        {
            int key = twin.Keys[twin.Count - 1 - i];
            List<int> queue = twin[key], found = [];
            ref LadderLevel level = ref side.Level(i);
            for (int slot = level.Head; slot >= 0; slot = pool[slot].Next) found.Add(slot);
            Assert.True(level.Key == key && level.Count == queue.Count && queue.SequenceEqual(found), context);
            Assert.True(level.Quantity == queue.Sum(slot => (long)pool[slot].Quantity) && level.Tail == queue[^1], context);
            Assert.True(side.Find(key) == i && (twin.ContainsKey(key - 1) || side.Find(key - 1) == ~(i + 1)), context);
        }
    }
}
