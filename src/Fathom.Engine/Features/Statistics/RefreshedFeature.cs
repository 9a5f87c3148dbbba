using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// A feature of the pairs of a window, of two series' log returns or of their values. A pair is taken on the update, of either series, by which both have come anew since the last pair; it has the last value of each.
/// Known once a window of a count is full of pairs, in one of a time while it holds as many as the feature needs.
/// </summary>
public abstract class RefreshedFeature : PairFeature
{
    private readonly RefreshedPairs _pairs;
    private readonly int _least;

    private protected RefreshedFeature(RefreshedPairs pairs, int least) => (_pairs, _least) = (pairs, least);

    /// <inheritdoc/>
    public sealed override bool HasOverlap => _pairs.HasSample;

    /// <inheritdoc/>
    public sealed override bool FollowsTime => _pairs.IsTime;

    /// <inheritdoc/>
    public sealed override void AsOf(Timestamp now)
    {
        if (_pairs.Expire(now)) State();
    }

    /// <inheritdoc/>
    protected sealed override void Clear() => _pairs.Clear();

    /// <inheritdoc/>
    protected sealed override void TakeFirst(Timestamp time, double value)
    {
        if (_pairs.TakeFirst(time, value)) State();
    }

    /// <inheritdoc/>
    protected sealed override void TakeSecond(Timestamp time, double value)
    {
        if (_pairs.TakeSecond(time, value)) State();
    }

    /// <summary>What the pairs come to; there are enough.</summary>
    private protected abstract double Of(in Sliding.PairTotal total);

    private void State() => Set(_pairs.Has(_least) ? Of(_pairs.Total) : double.NaN);
}
