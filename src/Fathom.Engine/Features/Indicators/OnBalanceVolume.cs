using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Indicators;

/// <summary>The volume of bars that closed higher than the one before less that of those that closed lower, in units of quantity, from the first bar on, whose own volume it begins with.</summary>
/// <remarks>Source: Granville (1963), "New Key to Stock Market Profits"; conventions of TA-Lib's OBV.</remarks>
public sealed class OnBalanceVolume : BarFeature
{
    private CompensatedSum _sum;
    private double _close = double.NaN;

    protected override void Clear() => (_sum, _close) = (default, double.NaN);

    protected override void Take(in BarSample bar)
    {
        if (bar.Close > _close || double.IsNaN(_close)) _sum.Add(bar.Volume);
        else if (bar.Close < _close) _sum.Add(-bar.Volume);
        _close = bar.Close;
        Set(_sum.Value);
    }
}
