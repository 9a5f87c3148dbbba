using Fathom.Domain.Numerics;

namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Mean and population standard deviation of the last n values. The textbook's mean of squares less square of the mean loses every digit where the values are large and their
/// differences small; here squares and sums are exact to twice the digits of a double, so that the difference still has all of its own.
/// </summary>
internal sealed class WindowMoments(int length)
{
    private readonly double[] _values = new double[length];      // a ring
    private CompensatedSum _sum, _squares;
    private int _next, _count, _equal;
    private double _last = double.NaN;

    public bool IsFull => _count == _values.Length;

    /// <summary>All values of the window are the same.</summary>
    public bool IsFlat => _equal >= _values.Length;

    public double Mean => IsFlat ? _last : _sum.Value / _values.Length;

    /// <summary>How far the mean is above a value, with all the digits that the difference has.</summary>
    public double MeanAbove(double value)
    {
        if (IsFlat) return _last - value;
        double n = _values.Length;
        DoubleDouble sum = _sum.Exact, origin = DoubleDouble.Product(n, value);
        return ((sum.High - origin.High) + (sum.Low - origin.Low)) / n;
    }

    /// <summary>Divides by n, like TA-Lib; exactly 0 where all values are the same.</summary>
    public double Deviation()
    {
        if (IsFlat) return 0;
        double n = _values.Length;
        DoubleDouble sum = _sum.Exact, squares = _squares.Exact;
        DoubleDouble left = DoubleDouble.Product(n, squares.High), right = DoubleDouble.Product(sum.High, sum.High);
        double scaled = (left.High - right.High) + (left.Low - right.Low + (n * squares.Low - 2 * sum.High * sum.Low));
        return Math.Sqrt(Math.Max(scaled, 0)) / n;
    }

    public void Push(double value)
    {
        if (IsFull)
        {
            double oldest = _values[_next];
            _sum.Add(-oldest);
            _squares.Subtract(DoubleDouble.Product(oldest, oldest));
        }
        else
        {
            _count++;
        }
        _sum.Add(value);
        _squares.Add(DoubleDouble.Product(value, value));
        _values[_next] = value;
        if (++_next == _values.Length) _next = 0;
        _equal = value == _last ? Math.Min(_equal + 1, _values.Length) : 1;
        _last = value;
    }

    public void Clear()
    {
        Array.Clear(_values);
        (_sum, _squares) = (default, default);
        (_next, _count, _equal, _last) = (0, 0, 0, double.NaN);
    }
}
