using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// k and d, 0 to 100: where the relative strength index stands between its lowest and its highest of the last n, and the average of k over d values. Where these are nearer than 1e-6
/// to each other k is 0: what is left of an index that does not move is rounding. k comes with value r + n, d with value r + n + d − 1.
/// </summary>
/// <remarks>Source: Chande and Kroll (1993), "Stochastic RSI and Dynamic Momentum Index"; conventions of TA-Lib's STOCHRSI, which divides by that rounding.</remarks>
public sealed class StochasticRelativeStrengthIndex : ValueFeature
{
    private const double Still = 1e-6;

    private readonly RelativeStrengthIndex _index;
    private readonly WindowExtreme _highest, _lowest;
    private readonly SimpleMovingAverage _d;

    /// <param name="indexLength">r, of the relative strength index, 2 or more.</param>
    /// <param name="length">n, 1 or more.</param>
    /// <param name="signal">d, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than that.</exception>
    public StochasticRelativeStrengthIndex(int indexLength, int length, int signal)
        : base(outputs: 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _index = new RelativeStrengthIndex(indexLength);
        (_highest, _lowest) = (WindowExtreme.Highest(length), WindowExtreme.Lowest(length));
        _d = new SimpleMovingAverage(signal);
    }

    protected override void Clear()
    {
        _index.Reset();
        _highest.Clear();
        _lowest.Clear();
        _d.Reset();
    }

    protected override void Take(Timestamp time, double value)
    {
        _index.Add(value);
        if (!_index.IsReady) return;
        _highest.Push(_index.Value);
        _lowest.Push(_index.Value);
        if (!_highest.IsFull) return;
        double range = _highest.Value - _lowest.Value, k = range < Still ? 0 : 100 * ((_index.Value - _lowest.Value) / range);
        Set(0, k);
        _d.Add(k);
        Set(1, Math.Max(_d.Value, 0));      // rounding can leave −1e-20 of a sum of zeros
    }
}
