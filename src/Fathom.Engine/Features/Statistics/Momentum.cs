using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// How much a value changed over a horizon, as a share of what it was: x / x' − 1, or ln(x / x'). x' is the value that came so many before, or, where the horizon is a time, the last one that had come by now − time.
/// Not known where there is no x', or the share of a zero is asked for; for the logarithm a value of zero or less is passed over. More than 2^17 values within the time push the oldest out, and then it is not known.
/// </summary>
public sealed class Momentum : ValueFeature
{
    private readonly FeatureWindow _horizon;
    private readonly bool _isLog;
    private Ring<(long Time, double Value)> _values;

    /// <param name="isLog">ln(x / x') instead of x / x' − 1.</param>
    public Momentum(FeatureWindow horizon, bool isLog = false)
    {
        (_horizon, _isLog) = (horizon, isLog);
        _values = new Ring<(long Time, double Value)>(horizon.IsTime ? TimeWindows.InitialCapacity : horizon.Count + 1);
    }

    public override bool FollowsTime => _horizon.IsTime;

    public override void AsOf(Timestamp now)
    {
        if (_horizon.IsTime) State(now);
    }

    protected override void Clear() => _values.Clear();

    protected override void Take(Timestamp time, double value)
    {
        if (_isLog && !(value > 0)) return;
        if (_values.Count == (_horizon.IsTime ? TimeWindows.SamplesMax : _horizon.Count + 1)) _values.DropFirst();
        _values.Add((time.Nanos, value));
        State(time);
    }

    private void State(Timestamp now) => Set(TryFindBase(now, out double then) ? Change(_values[_values.End - 1].Value, then) : double.NaN);

    private bool TryFindBase(Timestamp now, out double then)
    {
        if (_horizon.IsTime)
        {
            while (_values.Count > 1 && IsPast(_values.First + 1, now)) _values.DropFirst();
        }
        then = _values.Count > 0 ? _values[_values.First].Value : 0;
        return _horizon.IsTime ? _values.Count > 0 && IsPast(_values.First, now) : _values.Count > _horizon.Count;
    }

    private bool IsPast(long number, Timestamp now) => now.Nanos - _values[number].Time >= _horizon.Time.Nanos;

    private double Change(double now, double then) => _isLog ? LogRatio.Of(now, then) : (now - then) / then;
}
