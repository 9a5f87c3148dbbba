using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// After how many values half of a deviation is gone, were the last n values an AR(1): with the line of least squares x[t] − x[t−1] = a + b x[t−1] it is −ln 2 / ln(1 + b), for b between −1 + 1e-6 and −1e-6.
/// Beyond, it stays what it is there: 0.05 values, for all of it is gone with the next one or overshoots, and 693,147 values, for no window could tell a longer one from no way back at all. The second output is
/// b; 0 where nothing moved. Both come with the n-th value.
/// </summary>
/// <remarks>Half-life of the discrete process, not the approximation −ln 2 / b of the continuous one.</remarks>
public sealed class HalfLife : ValueFeature
{
    private const double WeakestPull = -1e-6, StrongestPull = -1 + 1e-6;
    private const double LogOf2 = 0.6931471805599453;

    private readonly SampleWindow<PairSample, PairTotal> _window;
    private double _last = double.NaN;

    /// <param name="count">n, 3 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 3.</exception>
    public HalfLife(int count) : base(outputs: 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 3);
        _window = new SampleWindow<PairSample, PairTotal>(FeatureWindow.Samples(count - 1));
    }

    protected override void Clear()
    {
        _window.Clear();
        _last = double.NaN;
    }

    protected override void Take(Timestamp time, double value)
    {
        double last = _last;
        _last = value;
        if (double.IsNaN(last)) return;      // the first
        _window.Take(time, new PairSample(last, value - last));
        if (_window.Has(2)) State(_window.Total);
    }

    private void State(in PairTotal total)
    {
        double pull = total.FirstSquares > 0 ? total.Products / total.FirstSquares : 0;
        Set(0, -LogOf2 / LogRatio.OnePlus(Math.Max(StrongestPull, Math.Min(pull, WeakestPull))));
        Set(1, pull);
    }
}
