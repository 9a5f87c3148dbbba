using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// Pearson's correlation of two series, of their log returns or of their values, −1 to 1; 0 where one of the two does not move.
/// A pair is taken on the update, of either series, by which both have come anew since the last pair; it has the last value of each. Known once a window of a count is full of pairs, in one of a time while it holds
/// two.
/// </summary>
public sealed class Correlation : PairFeature
{
    private readonly RefreshedPairs _pairs;

    /// <param name="window">Of pairs, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window of less than two pairs.</exception>
    public Correlation(FeatureWindow window, SeriesForm form = SeriesForm.Returns)
    {
        if (!window.IsTime) ArgumentOutOfRangeException.ThrowIfLessThan(window.Count, 2, nameof(window));
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

    private void State() => Set(_pairs.Has(2) ? _pairs.Total.Correlation : double.NaN);
}
