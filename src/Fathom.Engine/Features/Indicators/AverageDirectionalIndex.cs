namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// The average directional index and the two directional indicators, each 0 to 100. Of a rise of the high (up) and a fall of the low (down) since the bar before, the larger counts, if
/// above zero, as movement of its direction. Movements and true ranges are summed over the first n − 1 bars that have one before, then sum − sum ÷ n + new. An indicator is 100 ×
/// movement ÷ range (0 without range, at most 100). The index is Wilder's average of 100 × |plus − minus| ÷ (plus + minus), begun with the mean of the first n; where that divides by zero, it counts
/// as 0 in that mean and leaves the index alone later.
/// </summary>
/// <remarks>Source: Wilder (1978), "New Concepts in Technical Trading Systems"; conventions of TA-Lib's ADX, PLUS_DI and MINUS_DI. The indicators come with bar n + 1, the index with bar 2n.</remarks>
public sealed class AverageDirectionalIndex : BarFeature
{
    private readonly int _length;
    private int _moves;
    private double _high = double.NaN, _low, _close;
    private double _plus, _minus, _range;
    private double _average;      // until ready: sum

    /// <param name="length">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public AverageDirectionalIndex(int length)
        : base(outputs: 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        _length = length;
    }

    protected override void Clear()
    {
        (_moves, _high, _low, _close) = (0, double.NaN, 0, 0);
        (_plus, _minus, _range, _average) = (0, 0, 0, 0);
    }

    protected override void Take(in BarSample bar)
    {
        double up = bar.High - _high, down = _low - bar.Low, range = TrueRange.Of(in bar, _close);
        bool isFirst = double.IsNaN(_high);
        (_high, _low, _close) = (bar.High, bar.Low, bar.Close);
        if (isFirst) return;
        if (_moves >= _length - 1)
        {
            _plus -= _plus / _length;
            _minus -= _minus / _length;
            _range -= _range / _length;
        }
        if (up > down && up > 0) _plus += up;
        if (down > up && down > 0) _minus += down;
        _range += range;
        if (_moves < 2 * _length) _moves++;
        if (_moves >= _length) Tell();
    }

    private void Tell()
    {
        bool hasRange = _range >= TaLib.Nothing;
        double plus = hasRange ? Math.Min(100 * (_plus / _range), 100) : 0, minus = hasRange ? Math.Min(100 * (_minus / _range), 100) : 0;
        Set(1, plus);
        Set(2, minus);
        bool isKnown = plus + minus >= TaLib.Nothing;
        double index = isKnown ? 100 * (Math.Abs(plus - minus) / (plus + minus)) : 0;
        if (_moves < 2 * _length)
        {
            _average += index;
            if (_moves == 2 * _length - 1) Set(0, _average /= _length);
        }
        else if (isKnown)
        {
            Set(0, _average = (_average * (_length - 1) + index) / _length);
        }
    }
}
