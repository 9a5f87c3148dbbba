using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Tests.Engine.Portfolio.States;

public class AdaptiveLimitsTests
{
    private const long Thousandth = 1_000_000;
    private static readonly InstrumentId Calm = new(0), Wild = new(3);

    private readonly Readings _readings = new();

    /// <summary>The usual volatility is 2, the floor 0.2; it counts from 1.5 times the usual on.</summary>
    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(3, 1_000)]      // not more than 1.5 times
    [InlineData(3.2, 625)]      // 2 / 3.2
    [InlineData(4, 500)]
    [InlineData(9, 222)]
    [InlineData(50, 200)]
    [InlineData(double.NaN, 1_000)]
    public void A_limit_tightens_with_the_volatility_of_its_instrument_alone(double volatility, long thousandths)
    {
        AdaptiveLimits limits = new(new AdaptiveOptions { Floor = 0.2m, VolatilityFrom = 1.5m }, _readings);
        _readings.Volatilities[Wild] = volatility;
        Assert.False(limits.TryAdvance(Wild, At(0)));
        Assert.Equal(thousandths * Thousandth, limits.FactorNanos(Wild));
        Assert.Equal(1_000 * Thousandth, limits.FactorNanos(Calm));
        Assert.Equal(1_000 * Thousandth, limits.LossNanos);
    }

    /// <summary>Floor 0.2 at a loss of 10 %.</summary>
    [Theory]
    [InlineData(-0.05, 1_000)]
    [InlineData(0, 1_000)]
    [InlineData(0.05, 600)]
    [InlineData(0.1, 200)]
    [InlineData(0.9, 200)]
    public void All_limits_tighten_in_proportion_to_the_loss(double loss, long thousandths)
    {
        AdaptiveLimits day = new(new AdaptiveOptions { Floor = 0.2m, LossFull = 0.1m }, _readings), peak = new(new AdaptiveOptions { Floor = 0.2m, LossFull = 0.1m, CountsFromPeak = true }, _readings);
        (_readings.Days[-1], _readings.Drawdowns[-1]) = (loss, 0);
        Assert.Equal(loss > 0, day.TryAdvance(Calm, At(0)));
        Assert.False(peak.TryAdvance(Calm, At(0)));
        Assert.Equal((thousandths * Thousandth, 1_000 * Thousandth), (day.FactorNanos(Wild), peak.FactorNanos(Wild)));
        (_readings.Days[-1], _readings.Drawdowns[-1]) = (0, loss);
        peak.TryAdvance(Calm, At(0));
        Assert.Equal(thousandths * Thousandth, peak.FactorNanos(Wild));
    }

    [Fact]
    public void The_smaller_factor_counts_and_limits_are_rounded_down()
    {
        AdaptiveLimits limits = new(new AdaptiveOptions { Floor = 0.2m, VolatilityFrom = 1m, LossFull = 0.1m }, _readings);
        _readings.Volatilities[Wild] = 4;
        _readings.Days[-1] = 0.025;
        limits.TryAdvance(Wild, At(0));
        limits.TryAdvance(Calm, At(0));
        Assert.Equal((500 * Thousandth, 800 * Thousandth), (limits.FactorNanos(Wild), limits.FactorNanos(Calm)));
        Assert.Equal((5, 5, long.MaxValue), (limits.Tighten(11L, Wild), (long)limits.Tighten((Int128)11, Wild), limits.Tighten(long.MaxValue, Wild)));
        Int128 huge = (Int128)1 << 120;
        Assert.Equal(huge / 2, limits.Tighten(huge, Wild));
    }

    [Fact]
    public void It_goes_on_where_an_earlier_session_was()
    {
        AdaptiveLimits old = new(new AdaptiveOptions { Floor = 0.2m, VolatilityFrom = 1m, LossFull = 0.1m, Recovery = new Duration(1_000) }, _readings);
        _readings.Volatilities[Wild] = 10;
        _readings.Days[-1] = 0.1;
        old.TryAdvance(Wild, At(0));
        (_readings.Volatilities[Wild], _readings.Days[-1]) = (2, 0);
        old.TryAdvance(Wild, At(100));
        AdaptiveLimits next = new(new AdaptiveOptions { Floor = 0.2m, VolatilityFrom = 1m, LossFull = 0.1m, Recovery = new Duration(1_000) }, _readings);
        RecoveringFactor loss = old.Loss, wild = old.VolatilityOf(Wild);
        next.Restore(InstrumentId.None, loss.Nanos, loss.RisesFrom, loss.Since);
        next.Restore(Wild, wild.Nanos, wild.RisesFrom, wild.Since);
        for (int i = 100; i < 1_300; i += 7)
        {
            old.TryAdvance(Wild, At(i));
            next.TryAdvance(Wild, At(i));
            Assert.Equal((old.FactorNanos(Wild), old.LossNanos), (next.FactorNanos(Wild), next.LossNanos));
        }
        Assert.Equal(1_000 * Thousandth, next.FactorNanos(Wild));
    }

    private static Timestamp At(long nanos) => new(1_000_000 + nanos);
}
