namespace Fathom.Engine.Features.Indicators;

/// <summary>max(high − low, |high − c|, |low − c|) with c the close before, in price units: the range of a bar with the gap before it. The first comes with bar 2.</summary>
/// <remarks>Source: Wilder (1978), "New Concepts in Technical Trading Systems"; conventions of TA-Lib's TRANGE.</remarks>
public sealed class TrueRange : BarFeature
{
    private double _close = double.NaN;

    /// <param name="before">The close before; NaN where there is none, and then the range is NaN.</param>
    internal static double Of(in BarSample bar, double before) => Math.Max(bar.High - bar.Low, Math.Max(Math.Abs(bar.High - before), Math.Abs(bar.Low - before)));

    protected override void Clear() => _close = double.NaN;

    protected override void Take(in BarSample bar)
    {
        Set(Of(in bar, _close));
        _close = bar.Close;
    }
}
