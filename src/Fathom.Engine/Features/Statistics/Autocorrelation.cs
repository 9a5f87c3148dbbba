using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// The autocorrelation of the last n values at a lag k, −1 to 1: Σ d[t] d[t−k] / Σ d², d the deviations from the mean of the n and the first sum over the n − k pairs within them (the standard, biased
/// form). 0 where all are equal. The first comes with the n-th value.
/// </summary>
public sealed class Autocorrelation : ValueFeature
{
    private readonly SampleWindow<double, MomentTotal> _window;
    private readonly SampleWindow<PairSample, PairTotal> _pairs;
    private readonly int _lag;

    /// <param name="lag">k, 1 or more and less than n.</param>
    /// <param name="count">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A lag of none, or a count that does not reach beyond it.</exception>
    public Autocorrelation(int lag, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lag, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(count, lag);
        _lag = lag;
        _window = new SampleWindow<double, MomentTotal>(FeatureWindow.Samples(count));
        _pairs = new SampleWindow<PairSample, PairTotal>(FeatureWindow.Samples(count - lag));
    }

    protected override void Clear()
    {
        _window.Clear();
        _pairs.Clear();
    }

    protected override void Take(Timestamp time, double value)
    {
        _window.Take(time, value);
        long number = _window.End - 1;
        if (number < _lag) return;
        _pairs.Take(time, new PairSample(_window[number - _lag], value));
        if (_window.Has(2)) State(_window.Total, _pairs.Total);
    }

    /// <summary>Σ d d' of the pairs is that about their own two means, and what these two are off the mean of all.</summary>
    private void State(in MomentTotal all, in PairTotal pairs)
    {
        PairSample origin = _pairs.Origin;
        double mean = all.Mean, older = origin.First - _window.Origin + pairs.First, newer = origin.Second - _window.Origin + pairs.Second;
        double products = pairs.Products + pairs.Count * (older - mean) * (newer - mean);
        Set(all.Squares > 0 ? products / all.Squares : 0);
    }
}
