namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Up, down and oscillator: 100 × (n − bars since the highest high) ÷ n among the last n + 1 bars, the same of the lowest low, up less down. Of equal extremes the newest counts. All come
/// with bar n + 1.
/// </summary>
/// <remarks>Source: Chande (1995), "The Time Price Oscillator"; conventions of TA-Lib's AROON and AROONOSC.</remarks>
public sealed class Aroon : BarFeature
{
    private readonly int _length;
    private readonly WindowExtreme _highest, _lowest;

    /// <param name="length">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public Aroon(int length)
        : base(outputs: 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        _length = length;
        (_highest, _lowest) = (WindowExtreme.Highest(length + 1), WindowExtreme.Lowest(length + 1));
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
        double up = 100.0 * (_length - _highest.Age) / _length, down = 100.0 * (_length - _lowest.Age) / _length;
        Set(0, up);
        Set(1, down);
        Set(2, up - down);
    }
}
