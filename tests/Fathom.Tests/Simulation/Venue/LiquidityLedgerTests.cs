using Fathom.Domain.Values;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

public class LiquidityLedgerTests
{
    [Fact]
    public void Ledger_is_a_sum_per_order()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            LiquidityLedger ledger = new();
            Dictionary<ulong, long> expected = [];
            for (int step = 0; step < 400; step++)
            {
                ulong id = (ulong)random.Next(60) << random.Next(2) * 40;
                switch (random.Next(40))
                {
                    case 0:
                        ledger.Clear();
                        expected.Clear();
                        break;
                    case < 20:
                        ledger.Forget(id);
                        expected.Remove(id);
                        break;
                    default:
                        ledger.Take(id, Quantity.Units(step));
                        expected[id] = expected.GetValueOrDefault(id) + step;
                        break;
                }
                Assert.Equal(expected.Count == 0, ledger.IsEmpty);
                Assert.True(Enumerable.Range(0, 60).All(i => ledger.TakenFrom((ulong)i) == Quantity.Units(expected.GetValueOrDefault((ulong)i))), $"seed {seed}, step {step}");
                Assert.True(expected.Keys.All(ledger.MayHold), $"seed {seed}, step {step}");
            }
        }
    }

    /// <summary>An order that rests for ever keeps its entry; thousands that come and go beside it must not make every other id look like one of them.</summary>
    [Fact]
    public void Few_other_ids_look_taken_however_many_entries_there_were()
    {
        LiquidityLedger ledger = new();
        ledger.Take(1, Quantity.Units(1));
        for (ulong id = 1_000; id < 21_000; id++)
        {
            ledger.Take(id, Quantity.Units(1));
            ledger.Forget(id);
        }

        Assert.InRange(Enumerable.Range(50_000, 10_000).Count(id => ledger.MayHold((ulong)id)), 0, 100);
    }
}
