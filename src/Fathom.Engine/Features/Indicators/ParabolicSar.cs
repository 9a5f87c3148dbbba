namespace Fathom.Engine.Features.Indicators;

/// <summary>
/// Wilder's parabolic stop and reverse, in price units: the stop that was valid in the bar. It follows a trend's extreme by stop + a × (extreme − stop), a growing by a step with each new
/// extreme up to a largest one, and stays out of the ranges of the last two bars. When a bar reaches it, the direction turns, the stop is that bar's new one (the old extreme, out of the last two ranges) and a is the step again.
/// </summary>
/// <remarks>Source: Wilder (1978), "New Concepts in Technical Trading Systems"; conventions of TA-Lib's SAR: the first comes with bar 2, falling where the low of bar 2 fell by more than the high rose, rising else, and the first stop is the other end of bar 1.</remarks>
public sealed class ParabolicSar : BarFeature
{
    private readonly double _step, _largest;
    private int _direction;      // 1 rising, −1 falling, 0 unknown. All that follows is in prices times direction, so that one branch is both
    private double _high = double.NaN, _low, _stop, _extreme, _acceleration;

    /// <param name="step">First a and its growth, above 0; one above the largest counts as that.</param>
    /// <param name="largest">Largest a, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public ParabolicSar(double step, double largest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largest);
        (_step, _largest) = (Math.Min(step, largest), largest);
    }

    protected override void Clear()
    {
        (_direction, _high, _low) = (0, double.NaN, 0);
        (_stop, _extreme, _acceleration) = (0, 0, 0);
    }

    protected override void Take(in BarSample bar)
    {
        if (double.IsNaN(_high))
        {
            (_high, _low) = (bar.High, bar.Low);
            return;
        }
        if (_direction == 0) Begin(in bar);
        double high = _direction > 0 ? bar.High : -bar.Low, low = _direction > 0 ? bar.Low : -bar.High;
        if (low <= _stop) Turn(high, low);
        else Follow(high, low);
    }

    private void Begin(in BarSample bar)
    {
        double down = _low - bar.Low;
        _direction = down > 0 && bar.High - _high < down ? -1 : 1;
        _stop = _direction > 0 ? _low : -_high;
        _extreme = _direction > 0 ? bar.High : -bar.Low;
        _acceleration = _step;
        (_high, _low) = _direction > 0 ? (bar.High, bar.Low) : (-bar.Low, -bar.High);      // bar 1 does not hold the first stops back
    }

    private void Turn(double high, double low)
    {
        double beyond = Math.Max(_high, high), stop = Math.Max(_extreme, beyond);
        Set(_direction * stop);
        _direction = -_direction;
        (_extreme, _acceleration) = (-low, _step);
        _stop = Math.Min(-stop + _step * (_extreme + stop), -beyond);
        (_high, _low) = (-low, -high);
    }

    private void Follow(double high, double low)
    {
        Set(_direction * _stop);
        if (high > _extreme) (_extreme, _acceleration) = (high, Math.Min(_acceleration + _step, _largest));
        _stop = Math.Min(_stop + _acceleration * (_extreme - _stop), Math.Min(_low, low));
        (_high, _low) = (high, low);
    }
}
