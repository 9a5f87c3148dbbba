using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Indicators;

/// <summary>The mean of the last n values with weights 1 … n, the newest n: Σ weight × value ÷ (n (n + 1) / 2). The first comes with value n.</summary>
/// <remarks>Conventions of TA-Lib's WMA. When a value comes, every weight falls by one: the sum of the values leaves the weighted sum, and n × the new one enters.</remarks>
public sealed class WeightedMovingAverage : ValueFeature
{
    private readonly double[] _values;      // a ring
    private readonly double _weights;
    private int _next, _count;
    private CompensatedSum _sum, _weighted;

    /// <param name="length">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public WeightedMovingAverage(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _values = new double[length];
        _weights = length * (length + 1.0) / 2;
    }

    protected override void Clear()
    {
        Array.Clear(_values);
        (_next, _count, _sum, _weighted) = (0, 0, default, default);
    }

    protected override void Take(Timestamp time, double value)
    {
        if (_count == _values.Length)
        {
            _weighted.Subtract(in _sum);
            _sum.Add(-_values[_next]);
        }
        else
        {
            _count++;
        }
        _weighted.Add(DoubleDouble.Product(_count, value));      // exact, for it leaves in n steps
        _sum.Add(value);
        _values[_next] = value;
        if (++_next == _values.Length) _next = 0;
        if (_count == _values.Length) Set(_weighted.Value / _weights);
    }
}
