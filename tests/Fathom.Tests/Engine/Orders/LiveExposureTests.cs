using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;

namespace Fathom.Tests.Engine.Orders;

public class LiveExposureTests
{
    [Fact]
    public void The_account_is_the_sum_of_the_strategies_and_live_is_what_has_leaves()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            LiveExposure exposure = new();
            List<(int Strategy, InstrumentId Instrument, Side Side, Quantity Leaves)> live = [];
            for (int step = 0; step < 60; step++)
            {
                if (live.Count > 0 && random.Next(2) == 0)
                {
                    int at = random.Next(live.Count);
                    exposure.Release(live[at].Strategy, live[at].Instrument, live[at].Side, live[at].Leaves);
                    live.RemoveAt(at);
                }
                else
                {
                    live.Add((random.Next(3), new InstrumentId(random.Next(4)), random.Next(2) == 0 ? Side.Buy : Side.Sell, new Quantity(random.Next(1, 9))));
                    exposure.Reserve(live[^1].Strategy, live[^1].Instrument, live[^1].Side, live[^1].Leaves);
                }
                for (int index = 0; index < 5; index++)
                {
                    InstrumentId instrument = new(index);
                    foreach (Side side in new[] { Side.Buy, Side.Sell })
                    {
                        Assert.Equal(live.Where(one => one.Instrument == instrument && one.Side == side).Sum(one => one.Leaves.Nanos), exposure[instrument, side].Nanos);
                        for (int strategy = 0; strategy < 4; strategy++)
                            Assert.Equal(live.Where(one => one.Strategy == strategy && one.Instrument == instrument && one.Side == side).Sum(one => one.Leaves.Nanos),
                                exposure[strategy, instrument, side].Nanos);
                    }
                }
                Assert.Equal(live.Select(one => one.Instrument.Index).Distinct().Order(), exposure.Live.Select(instrument => instrument.Index).Order());
            }
        }
    }

    [Fact]
    public void No_more_is_released_than_was_reserved()
    {
        LiveExposure exposure = new();
        exposure.Reserve(0, new InstrumentId(0), Side.Buy, new Quantity(5));
        exposure.Reserve(1, new InstrumentId(0), Side.Buy, new Quantity(5));
        Assert.Throws<InvariantException>(() => exposure.Release(0, new InstrumentId(0), Side.Buy, new Quantity(6)));
    }
}
