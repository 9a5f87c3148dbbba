using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// 100 × positive flow ÷ all flow of the last n bars, 0 to 100. A bar's flow is typical price (high + low + close) ÷ 3 times volume, positive where the typical price rose since the
/// bar before, negative where it fell, none where it stayed. 0 where all flow is below 1. The first comes with bar n + 1.
/// </summary>
/// <remarks>Source: Quong and Soudack (1989), "Volume-Weighted RSI: Money Flow"; conventions of TA-Lib's MFI.</remarks>
public sealed class MoneyFlowIndex : BarFeature
{
    private readonly double[] _flows;      // a ring, with their signs
    private CompensatedSum _positive, _negative;
    private int _next, _count;
    private double _price = double.NaN;

    /// <param name="length">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public MoneyFlowIndex(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        _flows = new double[length];
    }

    protected override void Clear()
    {
        Array.Clear(_flows);
        (_positive, _negative, _next, _count, _price) = (default, default, 0, 0, double.NaN);
    }

    protected override void Take(in BarSample bar)
    {
        double price = bar.Typical, before = _price;
        _price = price;
        if (double.IsNaN(before)) return;
        double flow = price == before ? 0 : price > before ? price * bar.Volume : -price * bar.Volume, oldest = _flows[_next];
        _positive.Add(Math.Max(flow, 0));
        _negative.Add(Math.Max(-flow, 0));
        _positive.Add(-Math.Max(oldest, 0));
        _negative.Add(-Math.Max(-oldest, 0));
        _flows[_next] = flow;
        if (++_next == _flows.Length) _next = 0;
        if (_count < _flows.Length) _count++;
        if (_count < _flows.Length) return;
        double positive = Math.Max(_positive.Value, 0), all = positive + Math.Max(_negative.Value, 0);
        Set(all < 1 ? 0 : 100 * (positive / all));
    }
}
