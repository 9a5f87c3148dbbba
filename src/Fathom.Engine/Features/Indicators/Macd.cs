using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Line, signal and histogram: the fast exponential average less the slow one, the exponential average of the line, line less signal. Both averages begin with the same value, the
/// slow-th: the slow one with the mean of the first, the fast one with the mean of the newest of those. The line comes with value slow, the others with value slow + signal − 1.
/// </summary>
/// <remarks>Source: Appel (1979); conventions of TA-Lib's MACD. A fast length above the slow one changes places with it.</remarks>
public sealed class Macd : ValueFeature
{
    private readonly ExponentialMovingAverage _fast, _slow, _signal;
    private readonly int _ahead;      // values of the slow average before the first of the fast one
    private int _values;

    /// <param name="fast">Length of the fast average, 1 or more.</param>
    /// <param name="slow">Length of the slow average, 1 or more.</param>
    /// <param name="signal">Length of the signal, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public Macd(int fast, int slow, int signal)
        : base(outputs: 3)
    {
        (_fast, _slow, _signal) = (new(Math.Min(fast, slow)), new(Math.Max(fast, slow)), new(signal));
        _ahead = Math.Abs(slow - fast);
    }

    protected override void Clear()
    {
        _fast.Reset();
        _slow.Reset();
        _signal.Reset();
        _values = 0;
    }

    protected override void Take(Timestamp time, double value)
    {
        _slow.Add(value);
        if (_values < _ahead) _values++;
        else _fast.Add(value);
        double line = _fast.Value - _slow.Value;
        _signal.Add(line);      // passes over what is not known yet
        Set(0, line);
        Set(1, _signal.Value);
        Set(2, line - _signal.Value);
    }
}
