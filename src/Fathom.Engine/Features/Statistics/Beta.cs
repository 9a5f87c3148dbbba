using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Statistics.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// How much the first series moves with the second: their covariance / the variance of the second, of their log returns or of their values; 0 where the second does not move.
/// A pair is taken on the update, of either series, by which both have come anew since the last pair; it has the last value of each. Known once a window of a count is full of pairs, in one of a time while it holds
/// two.
/// </summary>
public sealed class Beta : PairFeature
{
    private readonly RefreshedPairs _pairs;

    /// <param name="window">Of pairs, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window of less than two pairs.</exception>
    public Beta(FeatureWindow window, SeriesForm form = SeriesForm.Returns)
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

    private void State()
    {
        if (!_pairs.Has(2))
        {
            Set(double.NaN);
            return;
        }
        PairTotal total = _pairs.Total;
        Set(total.SecondSquares > 0 ? total.Products / total.SecondSquares : 0);
    }
}
