using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Wilder's relative strength index: 100 × average gain ÷ (average gain + average loss) of the changes of a value, 0 to 100. The first averages are the means of the first n
/// changes, each later one is (average × (n − 1) + change) ÷ n. The first index comes with value n + 1.
/// </summary>
/// <remarks>Source: Wilder (1978), "New Concepts in Technical Trading Systems"; conventions of TA-Lib's RSI, where the index of what never moved is 0.</remarks>
public sealed class RelativeStrengthIndex : ValueFeature
{
    private readonly int _length;
    private int _changes;
    private double _last = double.NaN;
    private double _gain, _loss;      // until ready: sums

    /// <param name="length">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public RelativeStrengthIndex(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        _length = length;
    }

    /// <summary>Ready, and the value did not move in living memory: the index says nothing.</summary>
    public bool IsFlat => IsReady && _gain + _loss < TaLib.Nothing;

    protected override void Clear() => (_changes, _last, _gain, _loss) = (0, double.NaN, 0, 0);

    protected override void Take(Timestamp time, double value)
    {
        double change = value - _last;
        _last = value;
        if (double.IsNaN(change)) return;      // the first
        double gain = Math.Max(change, 0), loss = Math.Max(-change, 0);
        if (_changes < _length)
        {
            _gain += gain;
            _loss += loss;
            if (++_changes < _length) return;
            _gain /= _length;
            _loss /= _length;
        }
        else
        {
            _gain = (_gain * (_length - 1) + gain) / _length;
            _loss = (_loss * (_length - 1) + loss) / _length;
        }
        double sum = _gain + _loss;
        Set(sum < TaLib.Nothing ? 0 : 100 * (_gain / sum));
    }
}
