using Fathom.Domain.Messages;
using Fathom.Engine.Risk.Adjust;

namespace Fathom.Tests.Engine.Risk.Adjust;

public class SmallerTests
{
    private const long Half = 500_000_000;

    [Theory]
    [InlineData(PositionState.Normal, 0, 10, 1, 10)]
    [InlineData(PositionState.Warning, 0, 10, 1, 5)]
    [InlineData(PositionState.Warning, 0, 7, 1, 3)]
    [InlineData(PositionState.Warning, 0, 1, 1, 1)]           // at least one lot: a warning stops nothing
    [InlineData(PositionState.Warning, 0, 30, 10, 10)]
    [InlineData(PositionState.Warning, 0, 10, 10, 10)]
    [InlineData(PositionState.Warning, 10, 10, 1, 10)]        // it only reduces
    [InlineData(PositionState.Warning, 4, 10, 1, 7)]          // of 10 four reduce, and half of six is left
    [InlineData(PositionState.Warning, -4, 10, 1, 5)]
    [InlineData(PositionState.Warning, 0, 7, 0, 3)]           // no lot
    [InlineData(PositionState.Critical, 0, 10, 1, 0)]
    [InlineData(PositionState.Critical, 4, 10, 1, 4)]
    [InlineData(PositionState.Critical, 4, 10, 3, 3)]
    [InlineData(PositionState.Critical, 12, 10, 1, 10)]
    [InlineData(PositionState.OverLimit, 4, 10, 1, 4)]
    public void What_enlarges_becomes_smaller_and_what_reduces_stays(PositionState state, long room, long asked, long lot, long granted) =>
        Assert.Equal(granted, Smaller.Order(state, Half, room, asked, lot));

    [Theory]
    [InlineData(PositionState.Normal, 0, 10, 10)]
    [InlineData(PositionState.Warning, 0, 10, 5)]
    [InlineData(PositionState.Warning, 5, 10, 5)]            // asked again it comes no nearer
    [InlineData(PositionState.Warning, 8, 10, 8)]            // and what is held stays
    [InlineData(PositionState.Warning, 8, 3, 3)]
    [InlineData(PositionState.Warning, 8, 0, 0)]
    [InlineData(PositionState.Warning, 8, -10, -5)]
    [InlineData(PositionState.Warning, -8, -10, -8)]
    [InlineData(PositionState.Warning, 0, -1, -1)]
    [InlineData(PositionState.Critical, 0, 10, 0)]
    [InlineData(PositionState.Critical, 4, 10, 4)]
    [InlineData(PositionState.Critical, 4, 2, 2)]
    [InlineData(PositionState.Critical, 4, -10, 0)]
    [InlineData(PositionState.OverLimit, -4, -10, -4)]
    public void A_target_is_scaled_as_a_whole_and_takes_nothing_away_that_is_held(PositionState state, long position, long asked, long granted) =>
        Assert.Equal(granted, Smaller.Target(state, Half, position, asked, lot: 1));

    [Fact]
    public void Nothing_is_ever_larger_than_what_was_asked_nor_less_than_what_reduces()
    {
        for (int seed = 0; seed < 200_000; seed++)
        {
            Random random = new(seed);
            PositionState state = (PositionState)random.Next(4);
            long size = random.NextInt64(1, 1_000_000_001), lot = random.Next(3) == 0 ? 0 : random.Next(1, 20);
            long asked = Pick(random) + 1, room = random.Next(2) == 0 ? Pick(random) : -Pick(random), position = random.Next(2) == 0 ? Pick(random) : -Pick(random);
            string where = $"seed {seed}: {state}, size {size}, room {room}, asked {asked}, lot {lot}, position {position}";

            long order = Smaller.Order(state, size, room, asked, lot);
            long reducing = Math.Clamp(room, 0, asked);
            Assert.True(order >= 0 && order <= asked && order >= Smaller.WholeLots(reducing, lot), where);
            if (state == PositionState.Normal || reducing == asked) Assert.True(order == asked, where);
            if (state >= PositionState.Critical) Assert.True(order <= Math.Max(reducing, 0), where);
            if (state == PositionState.Warning) Assert.True(order > 0, where);

            long wanted = random.Next(2) == 0 ? asked : -asked, target = Smaller.Target(state, size, position, wanted, lot);
            bool isBetween = Math.Min(0, wanted) <= target && target <= Math.Max(0, wanted);
            Assert.True(isBetween, $"{where}: {target}");
            long enlargedBy = Math.Max(Math.Abs(target) - (Math.Sign(target) == Math.Sign(position) ? Math.Abs(position) : 0), 0);
            if (state >= PositionState.Critical) Assert.True(enlargedBy == 0, $"{where}: {target}");
            // Asked from where it led to it stays.
            Assert.True(Smaller.Target(state, size, target, wanted, lot) == target, $"{where}: {target}");
        }
    }

    private static long Pick(Random random) => random.Next(3) switch { 0 => random.Next(30), 1 => random.NextInt64(1L << 40), _ => random.NextInt64(long.MaxValue - 1) };
}
