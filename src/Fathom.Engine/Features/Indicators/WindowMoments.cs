using Fathom.Domain.Numerics;

namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Mean and population standard deviation of the last n values. The textbook's mean of squares less square of the mean loses every digit where the values are large and their
/// differences small; here both are of what values are beyond one of the window, to twice the digits of a double, and are made anew once a round: what rounding has lost does not pile up.
/// </summary>
internal sealed class WindowMoments(int length)
{
    private readonly double[] _values = new double[length];      // a ring
    private CompensatedSum _sum, _squares;
    private int _next, _count, _equal;
    private double _last = double.NaN;
    private double _origin;      // sums are of what is beyond it

    public bool IsFull => _count == _values.Length;

    /// <summary>All values of the window are the same.</summary>
    public bool IsFlat => _equal >= _values.Length;

    public double Mean => IsFlat ? _last : _origin + _sum.Value / _values.Length;

    /// <summary>How far the mean is above a value, with all the digits that the difference has.</summary>
    public double MeanAbove(double value)
    {
        return IsFlat ? _last - value : _origin - value + _sum.Value / _values.Length;
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
        double oldest = _values[_next];
        _values[_next] = value;
        _equal = value == _last ? Math.Min(_equal + 1, _values.Length) : 1;
        _last = value;
        if (++_next == _values.Length)
        {
            _next = 0;
            _count = _values.Length;
            Renew();
            return;
        }
        if (IsFull)
        {
            double gone = oldest - _origin;
            _sum.Add(-gone);
            _squares.Subtract(DoubleDouble.Product(gone, gone));
        }
        else
        {
            _count++;
        }
        Add(value);
    }

    private void Renew()
    {
        _origin = _last;
        (_sum, _squares) = (default, default);
        foreach (double value in _values) Add(value);
    }

    private void Add(double value)
    {
        double beyond = value - _origin;
        _sum.Add(beyond);
        _squares.Add(DoubleDouble.Product(beyond, beyond));
    }

    public void Clear()
    {
        Array.Clear(_values);
        (_sum, _squares) = (default, default);
        (_next, _count, _equal, _last, _origin) = (0, 0, 0, double.NaN, 0);
    }
}
