using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// Pairs of two series whose values come at their own times: one is taken on the update, of either, by which both have come anew since the last pair. It has the last value of each, so that bars that close at one
/// time are set against each other whichever comes first, and no value counts twice. Of returns: the log returns since the pair before.
/// </summary>
/// <remarks>Refresh times: Barndorff-Nielsen, Hansen, Lunde, Shephard (2011), "Multivariate realised kernels".</remarks>
internal sealed class RefreshedPairs(FeatureWindow window, SeriesForm form)
{
    private readonly SampleWindow<PairSample, PairTotal> _window = new(window);
    private PairSample _last;
    private double _first = double.NaN, _second = double.NaN;      // NaN: not anew since the last pair
    private bool _hasLast;

    /// <summary>There was a sample.</summary>
    public bool HasSample => _window.End > 0;

    public bool IsTime => _window.IsTime;

    /// <summary>Of all samples; there is one.</summary>
    public PairTotal Total => _window.Total;

    public bool Has(int least) => _window.Has(least);

    /// <returns>The total changed.</returns>
    public bool TakeFirst(Timestamp now, double value) => Passes(value) ? Take(now, value, _second) : Expire(now);

    /// <returns>The total changed.</returns>
    public bool TakeSecond(Timestamp now, double value) => Passes(value) ? Take(now, _first, value) : Expire(now);

    /// <returns>The total changed.</returns>
    public bool Expire(Timestamp now) => _window.Expire(now);

    public void Clear()
    {
        _window.Clear();
        (_first, _second, _hasLast) = (double.NaN, double.NaN, false);
    }

    private bool Passes(double value) => form == SeriesForm.Levels || value > 0;

    private bool Take(Timestamp now, double first, double second)
    {
        (_first, _second) = (first, second);
        if (double.IsNaN(first) || double.IsNaN(second)) return Expire(now);
        (_first, _second) = (double.NaN, double.NaN);
        PairSample pair = new(first, second), last = _last;
        bool isStart = !_hasLast;
        (_last, _hasLast) = (pair, true);
        if (form == SeriesForm.Levels) _window.Take(now, pair);
        else if (isStart) return Expire(now);
        else _window.Take(now, new PairSample(LogRatio.Of(first, last.First), LogRatio.Of(second, last.Second)));
        return true;
    }
}
