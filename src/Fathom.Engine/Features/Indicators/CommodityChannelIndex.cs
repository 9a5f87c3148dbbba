namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// (p − mean) ÷ (0.015 × mean absolute deviation) of the typical prices p = (high + low + close) ÷ 3 of the last n bars; 0 where the deviation is below 1e-12 of the price. The first comes with bar n.
/// </summary>
/// <remarks>Source: Lambert (1980), "Commodity Channel Index"; conventions of TA-Lib's CCI, which gives 0 where the deviation is below 1e-14, whatever the price.</remarks>
public sealed class CommodityChannelIndex : BarFeature
{
    private const double Still = 1e-12;      // of the price: what rounding leaves of the same price in bars of other highs and lows

    private readonly SortedWindow _prices;

    /// <param name="length">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public CommodityChannelIndex(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        _prices = new SortedWindow(length);
    }

    protected override void Clear() => _prices.Clear();

    protected override void Take(in BarSample bar)
    {
        double price = bar.Typical;
        _prices.Push(price);
        if (!_prices.IsFull) return;
        (double above, double deviation) = _prices.Distances();
        Set(deviation < Still * Math.Abs(price) ? 0 : above / (0.015 * deviation));
    }
}
