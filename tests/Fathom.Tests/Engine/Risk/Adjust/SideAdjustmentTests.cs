using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Risk.Adjust;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Risk.Adjust;

public class SideAdjustmentTests
{
    private const long Half = 500_000_000;

    [Fact]
    public void A_warning_touches_the_side_that_enlarges_and_critical_leaves_what_reduces()
    {
        Assert.True(SideAdjustment.Of(PositionState.Normal, Half, 2, room: -5).IsNone);
        Assert.True(SideAdjustment.Of(PositionState.Warning, Half, 2, room: 5).IsNone);
        SideAdjustment warning = SideAdjustment.Of(PositionState.Warning, Half, 2, room: 0);
        Assert.Equal((5, (Int128)20, false), (warning.Quantity(10, 1), warning.StepBack(new Price(10)), warning.IsCut));
        SideAdjustment critical = SideAdjustment.Of(PositionState.Critical, Half, 2, room: 7);
        Assert.Equal((10, (Int128)0, true, 7), (critical.Quantity(10, 1), critical.StepBack(new Price(10)), critical.IsCut, critical.RoomNanos));
        Assert.Equal(0, SideAdjustment.Of(PositionState.OverLimit, Half, 2, room: -7).RoomNanos);
    }

    /// <summary>Against the ladder as it would be quoted without it.</summary>
    [Fact]
    public void An_adjusted_ladder_is_never_larger_nor_nearer_to_the_market()
    {
        int smaller = 0, wider = 0, none = 0;
        InstrumentDefinition definition = new() { Tick = Price.From(0.01m), Lot = Quantity.Units(1), MultiplierNanos = Price.Scale };
        for (int seed = 0; seed < Fuzz.Seeds(3_000); seed++)
        {
            Random random = new(seed);
            StandingLadder standing = new(EngineRig.Crude);
            for (int level = random.Next(1, 7); level > 0; level--)
                standing.Wanted.Add(random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(-3, 9) + random.Next(2) * 0.5, Quantity.Units(random.Next(1, 30)));
            BestPrices best = new(EngineRig.Crude, new(Price.From(10.00m), Quantity.Units(5), 1), new(Price.From(10.02m), Quantity.Units(5), 1));
            standing.NoteMarket(isQuotable: true, in best);
            standing.Stand();
            PositionState state = (PositionState)random.Next(4);
            long position = random.Next(-20, 21) * Quantity.Scale, size = random.NextInt64(1, 1_000_000_001);
            int widen = random.Next(5);
            LadderAdjustment adjustment = new(SideAdjustment.Of(state, size, widen, -position), SideAdjustment.Of(state, size, widen, position));
            List<LadderAction> plain = [.. new LadderReconciler().Reconcile(standing, null, 0, in definition)], adjusted = [.. new LadderReconciler().Reconcile(standing, null, 0, in definition, in adjustment)];
            foreach (Side side in (Side[])[Side.Buy, Side.Sell])
            {
                string where = $"seed {seed}, {side}, {state}, position {position / Quantity.Scale}";
                (Int128 all, long first) = Sum(plain, side);
                (Int128 left, long nearest) = Sum(adjusted, side);
                long room = Math.Max(-side.Sign() * position, 0);
                Assert.True(left <= all && (left == 0 || nearest <= first), $"{where}: {left} of {all}, at {nearest} instead of {first}");
                if (state >= PositionState.Critical) Assert.True(left == Int128.Min(all, room), $"{where}: {left} of {all} where {room} reduce");
                if (state == PositionState.Normal || (state == PositionState.Warning && room > 0)) Assert.Equal(all, left);
                if (left < all && left > 0) smaller++;
                if (left > 0 && nearest < first) wider++;
                if (left == 0 && all > 0) none++;
            }
        }
        Assert.True(smaller > 500 && wider > 200 && none > 500, $"{smaller} smaller, {wider} wider, {none} none");
    }

    /// <summary>What is quoted, and how near to the other side the best of it is: larger is nearer.</summary>
    private static (Int128 Quantity, long Nearest) Sum(List<LadderAction> actions, Side side)
    {
        Int128 sum = 0;
        long nearest = long.MinValue;
        foreach (LadderAction action in actions)
        {
            if (action.Side != side) continue;
            sum += action.Quantity.Nanos;
            nearest = Math.Max(nearest, side.Sign() * action.Price.Nanos);
        }
        return (sum, nearest);
    }
}
