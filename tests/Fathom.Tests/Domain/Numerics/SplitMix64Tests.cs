using Fathom.Domain.Numerics;

namespace Fathom.Tests.Domain.Numerics;

public class SplitMix64Tests
{
    [Fact]
    public void Seed_42_gives_the_reference_integers()
    {
        var random = new SplitMix64(42);
        Assert.Equal(13679457532755275413, random.NextUInt64());
        Assert.Equal(2949826092126892291UL, random.NextUInt64());
        Assert.Equal(5139283748462763858UL, random.NextUInt64());
    }

    [Fact]
    public void Seed_42_gives_the_reference_units()
    {
        var random = new SplitMix64(42);
        Assert.Equal(0.7415648787718233, random.NextUnit());
        Assert.Equal(0.1599103928769201, random.NextUnit());
        Assert.Equal(0.27860113025513866, random.NextUnit());
    }

    [Fact]
    public void Seed_42_gives_the_reference_normals()
    {
        var random = new SplitMix64(42);
        Assert.Equal(0.41471975043153037, random.NextNormal(), 1e-14);
        Assert.Equal(-0.8918862136277568, random.NextNormal(), 1e-14);
        Assert.Equal(1.7295930879374035, random.NextNormal(), 1e-14);
    }

    [Fact]
    public void Open_draws_leave_out_zero_and_one_even_at_the_extreme_integers()
    {
        Assert.Equal(0, SeedBefore(0).NextUnit());
        Assert.Equal(1 - Math.ScaleB(1, -53), SeedBefore(ulong.MaxValue).NextUnit());
        Assert.Equal(Math.ScaleB(1, -54), SeedBefore(0).NextOpen());
        Assert.Equal(1 - Math.ScaleB(1, -53), SeedBefore(ulong.MaxValue).NextOpen());
    }

    [Fact]
    public void Draws_below_a_bound_stay_below_and_are_even_over_it()
    {
        var random = new SplitMix64(5);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[random.NextBelow(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));

        // Two thirds of the integers: a plain remainder would give the lower half of the results twice as often.
        ulong bound = ulong.MaxValue / 3 * 2;
        int low = 0;
        for (int i = 0; i < 20_000; i++)
        {
            ulong draw = random.NextBelow(bound);
            Assert.True(draw < bound);
            if (draw < bound / 2) low++;
        }
        Assert.InRange(low, 9_700, 10_300);
    }

    [Fact]
    public void A_bound_or_mean_outside_its_range_is_refused()
    {
        var random = new SplitMix64(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextBelow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextBelow(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextBelow(0UL));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextPoisson(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextPoisson(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextPoisson(2e15));
    }

    [Fact]
    public void Normals_and_exponentials_have_their_moments()
    {
        const int Draws = 200_000;
        var random = new SplitMix64(3);
        double normalSum = 0, normalSquares = 0, normalFourths = 0, exponentialSum = 0, exponentialSquares = 0;
        for (int i = 0; i < Draws; i++)
        {
            double normal = random.NextNormal(), exponential = random.NextExponential();
            normalSum += normal;
            normalSquares += normal * normal;
            normalFourths += normal * normal * normal * normal;
            exponentialSum += exponential;
            exponentialSquares += exponential * exponential;
        }
        Assert.Equal(0, normalSum / Draws, 0.01);
        Assert.Equal(1, normalSquares / Draws, 0.015);
        Assert.Equal(3, normalFourths / Draws, 0.1);
        Assert.Equal(1, exponentialSum / Draws, 0.01);
        Assert.Equal(2, exponentialSquares / Draws, 0.05);
    }

    /// <summary>A source whose next integer is the given one: the mixing is undone.</summary>
    private static SplitMix64 SeedBefore(ulong next)
    {
        ulong z = UndoShift(next, 31) * 0x3196_42B2_D24D_8EC3;
        z = UndoShift(z, 27) * 0x96DE_1B17_3F11_9089;
        return new SplitMix64(UndoShift(z, 30) - 0x9E37_79B9_7F4A_7C15);
    }

    private static ulong UndoShift(ulong value, int shift)
    {
        ulong result = value;
        for (int done = shift; done < 64; done += shift) result = value ^ (result >> shift);
        return result;
    }
}
