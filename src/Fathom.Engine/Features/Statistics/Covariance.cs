using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// The covariance of two series, of their log returns or of their values.
/// A pair is taken on the update, of either series, by which both have come anew since the last pair; it has the last value of each. Known once a window of a count is full of pairs, in one of a time while it holds
/// more than ddof.
/// </summary>
public sealed class Covariance : PairFeature
{
    private readonly RefreshedPairs _pairs;
    private readonly int _ddof;

    /// <param name="window">Of pairs.</param>
    /// <param name="ddof">Taken from the count: 1 of a sample, 0 of a whole population.</param>
    /// <exception cref="ArgumentOutOfRangeException">ddof below 0, or a window of not more pairs than that.</exception>
    public Covariance(FeatureWindow window, SeriesForm form = SeriesForm.Returns, int ddof = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ddof);
        if (!window.IsTime) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window.Count, ddof, nameof(window));
        _ddof = ddof;
        _pairs = new RefreshedPairs(window, form);
    }

    public override bool HasOverlap => _pairs.HasSample;

    public override bool FollowsTime => _pairs.IsTime;

    public override void AsOf(Timestamp now)
    {
        if (_pairs.Expire(now)) State();
    }

    protected override void Clear() => _pairs.Clear();

    protected override void TakeFirst(Timestamp time, double value)
    {
        if (_pairs.TakeFirst(time, value)) State();
    }

    protected override void TakeSecond(Timestamp time, double value)
    {
        if (_pairs.TakeSecond(time, value)) State();
    }

    private void State() => Set(_pairs.Has(_ddof + 1) ? _pairs.Total.Covariance(_ddof) : double.NaN);
}
