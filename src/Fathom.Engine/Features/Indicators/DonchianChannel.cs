namespace Fathom.Engine.Features.Indicators;

/// <summary>Upper, middle and lower: the highest high of the last n bars, this one among them, the mean of both, and the lowest low. All come with bar n.</summary>
/// <remarks>Source: Donchian (1960), "High Finance in Copper". The newest bar counts, as in TA-Lib's MAX and MIN; for a channel to break out of, take the value before.</remarks>
public sealed class DonchianChannel : BarFeature
{
    private readonly WindowExtreme _highest, _lowest;

    /// <param name="length">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public DonchianChannel(int length)
        : base(outputs: 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (_highest, _lowest) = (WindowExtreme.Highest(length), WindowExtreme.Lowest(length));
    }

    protected override void Clear()
    {
        _highest.Clear();
        _lowest.Clear();
    }

    protected override void Take(in BarSample bar)
    {
        _highest.Push(bar.High);
        _lowest.Push(bar.Low);
        if (!_highest.IsFull) return;
        Set(0, _highest.Value);
        Set(1, (_highest.Value + _lowest.Value) / 2);
        Set(2, _lowest.Value);
    }
}
