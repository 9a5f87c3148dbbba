namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// k and d, 0 to 100: where the close stands between the lowest low and the highest high of the last n bars (0 where these are equal), averaged over s bars, and the average of k
/// over d bars. k comes with bar n + s − 1, d with bar n + s + d − 2. A close outside its bar's range counts as at its end.
/// </summary>
/// <remarks>Source: Lane (1984), "Lane's Stochastics"; conventions of TA-Lib's STOCH with simple averages (slow k and slow d).</remarks>
public sealed class StochasticOscillator : BarFeature
{
    private readonly WindowExtreme _highest, _lowest;
    private readonly SimpleMovingAverage _k, _d;

    /// <param name="length">n, 1 or more.</param>
    /// <param name="smooth">s, 1 or more.</param>
    /// <param name="signal">d, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public StochasticOscillator(int length, int smooth, int signal)
        : base(outputs: 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (_highest, _lowest) = (WindowExtreme.Highest(length), WindowExtreme.Lowest(length));
        (_k, _d) = (new SimpleMovingAverage(smooth), new SimpleMovingAverage(signal));
    }

    protected override void Clear()
    {
        _highest.Clear();
        _lowest.Clear();
        _k.Reset();
        _d.Reset();
    }

    protected override void Take(in BarSample bar)
    {
        _highest.Push(bar.High);
        _lowest.Push(bar.Low);
        if (!_highest.IsFull) return;
        double range = _highest.Value - _lowest.Value;
        _k.Add(range == 0 ? 0 : Math.Clamp(100 * ((bar.Close - _lowest.Value) / range), 0, 100));
        _d.Add(_k.Value);      // passes over what is not known yet
        Set(0, Math.Max(_k.Value, 0));      // rounding can leave −1e-20 of a sum of zeros
        Set(1, Math.Max(_d.Value, 0));
    }
}
