using Fathom.Domain.Numerics;
using Fathom.Engine.Features.Statistics;
using static Fathom.Tests.Engine.Features.Statistics.ReferenceSeries;

namespace Fathom.Tests.Engine.Features.Statistics;

public class HalfLifeTests
{
    [Fact]
    public void Equals_the_reference()
    {
        HalfLife life = new(11);
        Assert.Equal(1.6384144647800953, After(life, 1e6, 1, .7, .65, .3, .35, .1, .2, -.1, .05, -.2, 0), 1e-13);
        Assert.Equal(-0.3449604933513202, life[1], 1e-14);
        Assert.Equal(2.00935235750031, -Math.Log(2) / life[1], 1e-13);
    }

    [Fact]
    public void Equals_the_reference_of_500_values_and_beside_1e9()
    {
        HalfLife life = new(500), high = new(500);
        SplitMix64 random = new(99);
        double value = 0;
        for (int i = 0; i < 500; i++)
        {
            if (i > 0) value = 0.9 * value + 0.1 * random.NextNormal();
            life.Add(value);
            high.Add(value + 1e6);
        }
        Assert.Equal(-0.09065319516800115, life[1], 1e-12);
        Assert.Equal(7.2940799131358665, life.Value, 1e-10);
        Assert.Equal(7.646141752371603, -Math.Log(2) / life[1], 1e-10);
        Assert.Equal(life.Value, high.Value, 1e-6);
    }

    [Fact]
    public void What_does_not_come_back_has_the_longest_what_is_gone_at_once_the_shortest()
    {
        HalfLife never = new(4), atOnce = new(4), still = new(4);
        Assert.Equal(693_146.834, After(never, 1, 2, 4, 8), 1e-3);
        Assert.Equal(1, never[1]);
        Assert.Equal(0.050172, After(atOnce, 1, -2, 4, -8), 1e-6);
        Assert.Equal(-3, atOnce[1], 1e-15);
        Assert.Equal(693_146.834, After(still, 5, 5, 5, 5), 1e-3);
        Assert.Equal(0, still[1]);
    }

    [Fact]
    public void A_window_of_two_values_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new HalfLife(2));
}
