using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// The exponentially weighted variance about zero of log returns r, or of the values themselves, that come at any times: Σ w r² / Σ w with w = e^(−age / τ). Both sums are kept, so that the first values do not
/// weigh more than they should. It stays as it is while none comes, for both sums fade alike.
/// </summary>
public sealed class EwmaVarianceTime : ValueFeature
{
    private readonly bool _isOfReturns;
    private readonly double _tau;      // nanoseconds
    private ReturnStep _step;
    private Timestamp _last;
    private double _squares, _weights;

    /// <param name="tau">τ: in which a weight falls to 1/e. Above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public EwmaVarianceTime(Duration tau, SeriesForm form = SeriesForm.Returns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tau.Nanos, nameof(tau));
        _tau = tau.Nanos;
        _isOfReturns = form == SeriesForm.Returns;
    }

    protected override void Clear() => (_step, _last, _squares, _weights) = (default, default, 0, 0);

    protected override void Take(Timestamp time, double value)
    {
        if (_isOfReturns && !_step.TryTake(value, out value)) return;
        double fade = _weights == 0 ? 0 : Portable.Exp(-(time.Nanos - _last.Nanos) / _tau);
        _last = time;
        _squares = _squares * fade + value * value;
        _weights = _weights * fade + 1;
        Set(_squares / _weights);
    }
}
