namespace Fathom.Engine.Features.Indicators;

/// <summary>Upper, middle and lower: the exponential average of closes, and k average true ranges above and below it. The middle comes with bar n, the bands when the range is known too, with bar m + 1.</summary>
/// <remarks>Source: Raschke's form of Keltner (1960), with exponential average and average true range (TA-Lib's EMA and ATR); TA-Lib has no channel of his.</remarks>
public sealed class KeltnerChannel : BarFeature
{
    private readonly ExponentialMovingAverage _middle;
    private readonly AverageTrueRange _range;
    private readonly double _ranges;

    /// <param name="length">n, of the average, 1 or more.</param>
    /// <param name="ranges">k, 0 or more.</param>
    /// <param name="rangeLength">m, of the average true range, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than that.</exception>
    public KeltnerChannel(int length, double ranges, int rangeLength)
        : base(outputs: 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ranges);
        (_middle, _range, _ranges) = (new(length), new(rangeLength), ranges);
    }

    protected override void Clear()
    {
        _middle.Reset();
        _range.Reset();
    }

    protected override void Take(in BarSample bar)
    {
        _middle.Add(bar.Close);
        _range.Add(in bar);
        double distance = _ranges * _range.Value;
        Set(0, _middle.Value + distance);
        Set(1, _middle.Value);
        Set(2, _middle.Value - distance);
    }
}
