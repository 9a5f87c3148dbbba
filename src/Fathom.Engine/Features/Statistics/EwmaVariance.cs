using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The exponentially weighted variance about zero of log returns r, or of the values themselves: v = λ v + (1 − λ) r², begun with the first r².</summary>
/// <remarks>Source: J.P. Morgan (1996), "RiskMetrics technical document", with λ = 0.94 for daily returns.</remarks>
public sealed class EwmaVariance : ValueFeature
{
    private readonly bool _isOfReturns;
    private readonly double _rest;      // 1 − λ
    private ReturnStep _step;

    /// <param name="lambda">λ, the weight of the past: 0 or more and below 1; <see cref="EwmaMean.LambdaOf"/> makes one of a half-life.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not in that range.</exception>
    public EwmaVariance(double lambda, SeriesForm form = SeriesForm.Returns)
    {
        if (!(lambda is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "0 or more and below 1 was expected.");
        _rest = 1 - lambda;
        _isOfReturns = form == SeriesForm.Returns;
    }

    protected override void Clear() => _step = default;

    protected override void Take(Timestamp time, double value)
    {
        if (_isOfReturns && !_step.TryTake(value, out value)) return;
        double variance = Value, square = value * value;
        Set(double.IsNaN(variance) ? square : variance + _rest * (square - variance));
    }
}
