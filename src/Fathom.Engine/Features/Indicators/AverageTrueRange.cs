namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Wilder's average true range of bars, in price units. The true range of a bar is max(high − low, |high − c|, |low − c|) with c the close before it; the first average is
/// the mean of the first n true ranges, each later one (average × (n − 1) + true range) ÷ n. The first average comes with bar n + 1, for the first bar has no close before it.
/// </summary>
/// <remarks>Source: Wilder (1978), "New Concepts in Technical Trading Systems"; conventions of TA-Lib's ATR.</remarks>
public sealed class AverageTrueRange : BarFeature
{
    private readonly int _length;
    private int _ranges;
    private double _close = double.NaN;
    private double _average;      // until ready: sum

    /// <param name="length">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public AverageTrueRange(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _length = length;
    }

    /// <summary>Takes a bar's prices.</summary>
    public void Add(double high, double low, double close) => Add(new BarSample(default, close, high, low, close, 0));

    protected override void Clear() => (_ranges, _close, _average) = (0, double.NaN, 0);

    protected override void Take(in BarSample bar)
    {
        double range = TrueRange.Of(in bar, _close);
        _close = bar.Close;
        if (double.IsNaN(range)) return;      // the first: Math.Max hands NaN on
        if (_ranges < _length)
        {
            _average += range;
            if (++_ranges < _length) return;
            Set(_average /= _length);
            return;
        }
        Set(_average = (_average * (_length - 1) + range) / _length);
    }
}
