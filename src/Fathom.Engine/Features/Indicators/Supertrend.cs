namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Value in price units, and direction 1 (rising) or −1. Bands lie k average true ranges above and below (high + low) ÷ 2. The lower one only rises and the upper one only falls, until the
/// close before was beyond it. The direction turns when the close reaches the band that is followed; the value is the lower band while rising, the upper one while falling. Both come with
/// bar n + 1, where it rises if the close is not below the bar's middle.
/// </summary>
/// <remarks>Source: Seban's Supertrend as it is commonly computed, with the start of Skender's Stock Indicators; TA-Lib has none. The range is TA-Lib's ATR.</remarks>
public sealed class Supertrend : BarFeature
{
    private readonly AverageTrueRange _range;
    private readonly double _ranges;
    private double _upper, _lower, _close;
    private int _direction;      // 0 until known

    /// <param name="length">n, of the average true range, 1 or more.</param>
    /// <param name="ranges">k, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than that.</exception>
    public Supertrend(int length, double ranges)
        : base(outputs: 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ranges);
        (_range, _ranges) = (new(length), ranges);
    }

    protected override void Clear()
    {
        _range.Reset();
        (_upper, _lower, _close, _direction) = (0, 0, 0, 0);
    }

    protected override void Take(in BarSample bar)
    {
        _range.Add(in bar);
        if (_range.IsReady) Follow(in bar);
        _close = bar.Close;
    }

    private void Follow(in BarSample bar)
    {
        double middle = (bar.High + bar.Low) / 2, distance = _ranges * _range.Value, upper = middle + distance, lower = middle - distance;
        bool isFirst = _direction == 0;
        if (isFirst) _direction = bar.Close >= middle ? 1 : -1;
        if (isFirst || upper < _upper || _close > _upper) _upper = upper;
        if (isFirst || lower > _lower || _close < _lower) _lower = lower;
        _direction = bar.Close <= (_direction > 0 ? _lower : _upper) ? -1 : 1;
        Set(0, _direction > 0 ? _lower : _upper);
        Set(1, _direction);
    }
}
