using Fathom.Domain.Values;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Kaufman's adaptive average: an exponential one whose weight is ((fast − slow) × e + slow)², with e the efficiency of the last n changes: |value − value n ago| ÷ Σ |change|, 0 to 1
/// (1 where nothing moved), and fast = 2 ÷ (f + 1), slow = 2 ÷ (s + 1). It begins with value n + 1, from the value before it.
/// </summary>
/// <remarks>Source: Kaufman (1995), "Smarter Trading"; conventions of TA-Lib's KAMA, where f and s are always 2 and 30.</remarks>
public sealed class KaufmanMovingAverage : ValueFeature
{
    private readonly double[] _values, _changes;      // rings
    private readonly double _fast, _slow;
    private CompensatedSum _path;
    private int _next, _count;
    private double _last, _average;

    /// <param name="length">n, 2 or more.</param>
    /// <param name="fast">f, the length of the fastest average, 1 or more.</param>
    /// <param name="slow">s, the length of the slowest average, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than that.</exception>
    public KaufmanMovingAverage(int length, int fast = 2, int slow = 30)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(fast, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(slow, 1);
        (_values, _changes) = (new double[length], new double[length]);
        (_fast, _slow) = (2 / (fast + 1.0), 2 / (slow + 1.0));
    }

    protected override void Clear()
    {
        Array.Clear(_values);
        Array.Clear(_changes);
        (_path, _next, _count, _last, _average) = (default, 0, 0, 0, 0);
    }

    protected override void Take(Timestamp time, double value)
    {
        double change = _count == 0 ? 0 : Math.Abs(value - _last), oldest = _values[_next];      // the first value's change is none
        _path.Add(-_changes[_next]);
        _path.Add(change);
        (_values[_next], _changes[_next]) = (value, change);
        if (++_next == _values.Length) _next = 0;
        if (_count == _values.Length)
        {
            if (double.IsNaN(Value)) _average = _last;
            double path = _path.Value, efficiency = path < TaLib.Nothing ? 1 : Math.Min(Math.Abs(value - oldest) / path, 1);
            double weight = efficiency * (_fast - _slow) + _slow;
            Set(_average += weight * weight * (value - _average));
        }
        else
        {
            _count++;
        }
        _last = value;
    }
}
