using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>The mean of the last n values. The first mean comes with the n-th value, as in TA-Lib's SMA.</summary>
public sealed class SimpleMovingAverage : ValueFeature
{
    private readonly double[] _values;      // a ring
    private int _next;
    private double _sum;

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
        (_next, _sum) = (0, 0);
    }

    protected override void Take(Timestamp time, double value)
    {
        _sum += value - _values[_next];
        _values[_next] = value;
        if (++_next == _values.Length)
        {
            _next = 0;
            Renew();
        }
        else if (double.IsNaN(Value))
        {
            return;
        }
        Set(_sum / _values.Length);
    }

    /// <summary>Once a round the sum is made anew: what the differences have lost to rounding does not pile up.</summary>
    private void Renew()
    {
        _sum = 0;
        foreach (double value in _values) _sum += value;
    }
}
