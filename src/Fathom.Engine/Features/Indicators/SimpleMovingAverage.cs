using Fathom.Domain.Values;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Indicators;

/// <summary>The mean of the last n values. The first mean comes with the n-th value, as in TA-Lib's SMA.</summary>
public sealed class SimpleMovingAverage : ValueFeature
{
    private readonly double[] _values;      // a ring
    private int _next;
    private bool _isFull;
    private CompensatedSum _sum;

    /// <param name="length">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public SimpleMovingAverage(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _values = new double[length];
    }

    protected override void Clear()
    {
        Array.Clear(_values);
        (_next, _isFull, _sum) = (0, false, default);
    }

    protected override void Take(Timestamp time, double value)
    {
        if (_isFull) _sum.Add(-_values[_next]);
        _sum.Add(value);
        _values[_next] = value;
        if (++_next == _values.Length) (_next, _isFull) = (0, true);
        if (_isFull) Set(_sum.Value / _values.Length);
    }
}
