namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Wilder's average true range of bars, in price units. The true range of a bar is max(high − low, |high − c|, |low − c|) with c the close before it; the first average is
/// the mean of the first n true ranges, each later one (average × (n − 1) + true range) ÷ n. The first average comes with bar n + 1, for the first bar has no close before it.
/// </summary>
/// <remarks>Source: Wilder (1978), "New Concepts in Technical Trading Systems"; conventions of TA-Lib's ATR.</remarks>
public sealed class AverageTrueRange
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

    /// <summary>The average; NaN before it is ready.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>n + 1 bars have come.</summary>
    public bool IsReady => !double.IsNaN(Value);

    /// <summary>Takes a bar's prices: numbers, not NaN and not infinite.</summary>
    public void Add(double high, double low, double close)
    {
        double range = Math.Max(high - low, Math.Max(Math.Abs(high - _close), Math.Abs(low - _close)));
        _close = close;
        if (double.IsNaN(range)) return;      // the first: Math.Max hands NaN on
        if (_ranges < _length)
        {
            _average += range;
            if (++_ranges < _length) return;
            Value = _average /= _length;
            return;
        }
        Value = _average = (_average * (_length - 1) + range) / _length;
    }
}
