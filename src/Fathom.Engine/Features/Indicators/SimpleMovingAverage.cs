namespace Fathom.Engine.Features.Indicators;

/// <summary>The mean of the last n values. The first mean comes with the n-th value, as in TA-Lib's SMA.</summary>
public sealed class SimpleMovingAverage
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

    /// <summary>The mean; NaN before it is ready.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>n values have come.</summary>
    public bool IsReady => !double.IsNaN(Value);

    /// <param name="value">A number, not NaN and not infinite.</param>
    public void Add(double value)
    {
        _sum += value - _values[_next];
        _values[_next] = value;
        if (++_next == _values.Length)
        {
            _next = 0;
            Renew();
        }
        else if (!IsReady)
        {
            return;
        }
        Value = _sum / _values.Length;
    }

    /// <summary>Once a round the sum is made anew: what the differences have lost to rounding does not pile up.</summary>
    private void Renew()
    {
        _sum = 0;
        foreach (double value in _values) _sum += value;
    }
}
