namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// The largest or the smallest of the last n values and how long ago it was. A queue holds the values that can still become the extreme: a new one drops those at its back that it
/// equals or beats, so the front is the answer. A value enters and leaves once, whatever the window.
/// </summary>
internal sealed class WindowExtreme
{
    private readonly double[] _values;      // a ring; the sign makes the largest of both kinds
    private readonly long[] _times;
    private readonly double _sign;
    private long _now = -1;
    private int _front, _count;

    private WindowExtreme(int length, double sign) => (_values, _times, _sign) = (new double[length], new long[length], sign);

    public static WindowExtreme Highest(int length) => new(length, 1);

    public static WindowExtreme Lowest(int length) => new(length, -1);

    /// <summary>n values have come.</summary>
    public bool IsFull => _now + 1 >= _values.Length;

    /// <summary>The extreme of the window; there was a value.</summary>
    public double Value => _sign * _values[_front];

    /// <summary>How many values ago it was; of equal ones the newest counts.</summary>
    public int Age => (int)(_now - _times[_front]);

    public void Push(double value)
    {
        value *= _sign;
        _now++;
        if (_count > 0 && _times[_front] <= _now - _values.Length) (_front, _count) = (Place(1), _count - 1);
        while (_count > 0 && _values[Place(_count - 1)] <= value) _count--;
        int at = Place(_count++);
        (_values[at], _times[at]) = (value, _now);
    }

    public void Clear() => (_now, _front, _count) = (-1, 0, 0);

    private int Place(int offset)
    {
        int at = _front + offset;
        return at >= _values.Length ? at - _values.Length : at;
    }
}
