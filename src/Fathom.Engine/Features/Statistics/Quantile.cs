using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// The value below which a share q of the values of a window lies. Of n values in order, x[0] ≤ … ≤ x[n−1], it is the one at place (n − 1) q, on the straight line between two where that is no whole number. Exact,
/// and at about the same cost whatever the window. Known once a window of a count is full, in one of a time while it holds a value.
/// </summary>
/// <remarks>Source: definition 7 of Hyndman, Fan (1996), "Sample quantiles in statistical packages"; the default of R and NumPy.</remarks>
public sealed class Quantile : WindowFeature
{
    private readonly RankedWindow _window;

    /// <param name="q">0 (the smallest) to 1 (the largest); 0.5: the median.</param>
    /// <exception cref="ArgumentOutOfRangeException">q not in that range.</exception>
    public Quantile(FeatureWindow window, double q)
    {
        if (!(q is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(q), q, "0 to 1 was expected.");
        _window = new RankedWindow(window, q);
    }

    private protected override IWindow Window => _window;

    protected override void Take(Timestamp time, double value)
    {
        _window.Take(time, value);
        State();
    }

    private protected override void State() => Set(_window.IsKnown ? _window.AtCut : double.NaN);
}
