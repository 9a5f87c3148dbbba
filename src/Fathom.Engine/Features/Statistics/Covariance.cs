using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// The covariance of two series, of their log returns or of their values.
/// A pair is taken on the update, of either series, by which both have come anew since the last pair; it has the last value of each. Known once a window of a count is full of pairs, in one of a time while it holds
/// more than ddof.
/// </summary>
public sealed class Covariance : RefreshedFeature
{
    private readonly int _ddof;

    /// <param name="window">Of pairs.</param>
    /// <param name="ddof">Taken from the count: 1 of a sample, 0 of a whole population.</param>
    /// <exception cref="ArgumentOutOfRangeException">ddof below 0, or a window of not more pairs than that.</exception>
    public Covariance(FeatureWindow window, SeriesForm form = SeriesForm.Returns, int ddof = 1)
        : base(new RefreshedPairs(window, form), least: ddof + 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ddof);
        if (!window.IsTime) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window.Count, ddof, nameof(window));
        _ddof = ddof;
    }

    private protected override double Of(in PairTotal total) => total.Covariance(_ddof);
}
