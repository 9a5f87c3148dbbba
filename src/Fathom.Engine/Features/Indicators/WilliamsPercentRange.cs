namespace Fathom.Engine.Features.Indicators;

/// <summary>Williams' %R, −100 to 0: −100 × (highest high − close) ÷ (highest high − lowest low) of the last n bars; 0 where these are equal. The first comes with bar n. A close outside its bar's range counts as at its end.</summary>
/// <remarks>Source: Williams (1973), "How I Made One Million Dollars Last Year Trading Commodities"; conventions of TA-Lib's WILLR.</remarks>
public sealed class WilliamsPercentRange : BarFeature
{
    private readonly WindowExtreme _highest, _lowest;

    /// <param name="length">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public WilliamsPercentRange(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
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
        double range = _highest.Value - _lowest.Value;
        Set(range == 0 ? 0 : Math.Clamp(-100 * ((_highest.Value - bar.Close) / range), -100, 0));
    }
}
