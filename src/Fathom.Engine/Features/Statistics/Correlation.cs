using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// Pearson's correlation of two series, of their log returns or of their values, −1 to 1; 0 where one of the two does not move.
/// A pair is taken on the update, of either series, by which both have come anew since the last pair; it has the last value of each. Known once a window of a count is full of pairs, in one of a time while it holds
/// two.
/// </summary>
public sealed class Correlation : RefreshedFeature
{
    /// <param name="window">Of pairs, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window of less than two pairs.</exception>
    public Correlation(FeatureWindow window, SeriesForm form = SeriesForm.Returns)
        : base(new RefreshedPairs(window, form), least: 2)
    {
        if (!window.IsTime) ArgumentOutOfRangeException.ThrowIfLessThan(window.Count, 2, nameof(window));
    }

    private protected override double Of(in PairTotal total) => total.Correlation;
}
