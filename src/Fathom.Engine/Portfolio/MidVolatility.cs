using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>
/// How much one instrument's mid moves: the root of its mean squared logarithmic return between looks at it that are one sample apart, by the clock. Looks by the clock, not by events, so that a
/// bid that flickers within a sample is not taken for risk, and a market that stands still comes to rest.
/// </summary>
/// <remarks>
/// At a look the mid counts that was in force until then. While nothing happens looks are made up for later, all at once; they are returns of zero. The window's sum is added up anew when it is read
/// after a look, so that nothing adds up over a day. A mid that is not above zero has no logarithm: such a look has no return, and the next one goes by the last mid that had one. Realised variance: Andersen, Bollerslev,
/// Diebold, Labys (2003); what is usual is the same, weighted exponentially, with numerator and denominator apart so that its beginning is not biased to zero.
/// </remarks>
internal sealed class MidVolatility
{
    private static readonly double LogOfHalf = Portable.Log(0.5);

    private readonly VolatilityOptions _options;
    private readonly double[] _squares;
    private readonly double _samplesPerSecond, _decay, _decayRate;
    private int _next, _count;
    private Timestamp _due = Timestamp.None;      // the next look
    private double _mid = double.NaN, _seen = double.NaN;      // now, and at the last look
    private double _usualSum, _usualWeight;
    private double _value = double.NaN;
    private bool _isSummed = true;

    public MidVolatility(VolatilityOptions options)
    {
        _options = options;
        _squares = new double[options.Samples];
        _samplesPerSecond = Timestamp.NanosPerSecond / (double)options.Sample.Nanos;
        _decayRate = LogOfHalf * options.Sample.Nanos / options.UsualHalfLife.Nanos;
        _decay = Portable.Exp(_decayRate);
    }

    /// <summary>As a part of the mid per root of a second; NaN until a window has passed.</summary>
    public double Value(Timestamp clock)
    {
        Look(clock);
        if (_isSummed) return _value;
        double sum = 0;
        foreach (double square in _squares) sum += square;
        (_value, _isSummed) = (_count < _squares.Length ? double.NaN : Math.Sqrt(sum / _squares.Length * _samplesPerSecond), true);
        return _value;
    }

    /// <summary>As <see cref="Value"/>, of all that was seen, the older the less.</summary>
    public double Usual(Timestamp clock)
    {
        Look(clock);
        return _count < _squares.Length ? double.NaN : Math.Sqrt(_usualSum / _usualWeight * _samplesPerSecond);
    }

    /// <summary>The mid moved.</summary>
    /// <param name="mid">Of any unit, always the same.</param>
    /// <param name="clock">Never going back.</param>
    public void Note(double mid, Timestamp clock)
    {
        if (_due.IsNone) _due = After(clock);
        else Look(clock);
        _mid = mid;
    }

    private void Look(Timestamp clock)
    {
        if (_due.IsNone || clock < _due) return;
        long looks = (clock.Nanos - _due.Nanos) / _options.Sample.Nanos + 1;
        _due = After(clock);
        if (_mid > 0)
        {
            double change = _seen > 0 ? Portable.Log(_mid / _seen) : double.NaN;
            _seen = _mid;
            if (!double.IsNaN(change)) Add(change * change);
            if (looks > 1) AddStill(looks - 1);
        }
    }

    private void Add(double square)
    {
        _isSummed = false;
        _squares[_next] = square;
        _next = _next + 1 == _squares.Length ? 0 : _next + 1;
        if (_count < _squares.Length) _count++;
        _usualSum = _usualSum * _decay + square;
        _usualWeight = _usualWeight * _decay + 1;
    }

    /// <summary>Looks at which nothing had moved.</summary>
    private void AddStill(long looks)
    {
        if (looks <= _squares.Length)
        {
            for (; looks > 0; looks--) Add(0);
            return;
        }
        _squares.AsSpan().Clear();
        (_count, _isSummed) = (_squares.Length, false);
        double left = Portable.Exp(_decayRate * looks);
        _usualSum *= left;
        _usualWeight = _usualWeight * left + (1 - left) / (1 - _decay);
    }

    private Timestamp After(Timestamp clock) => clock.NextMultipleOf(_options.Sample);
}
