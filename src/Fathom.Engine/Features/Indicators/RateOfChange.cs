using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>(value ÷ value n ago − 1) × 100, in percent; 0 where that value was 0. The first comes with value n + 1.</summary>
/// <remarks>Conventions of TA-Lib's ROC.</remarks>
public sealed class RateOfChange : ValueFeature
{
    private readonly double[] _values;      // a ring
    private int _next, _count;

    /// <param name="length">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public RateOfChange(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _values = new double[length];
    }

    protected override void Clear() => (_next, _count) = (0, 0);

    protected override void Take(Timestamp time, double value)
    {
        double before = _values[_next];
        _values[_next] = value;
        if (++_next == _values.Length) _next = 0;
        if (_count == _values.Length) Set(before == 0 ? 0 : (value / before - 1) * 100);
        else _count++;
    }
}
