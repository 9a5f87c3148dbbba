using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>
/// Correlation and covariance of two series that come at their own times, without setting one to the other's clock: the covariance is the sum of r × s over all log returns r of the first and s of the second whose
/// times, (value before, value], have a moment in common (one between two values of one moment lasts nothing: it counts where that lies within the other's); the correlation is that / √(Σr² Σs²), and may leave −1 to 1, for the three are estimated from different returns. The returns are the last so many of each
/// series, or those that ended within the window. 0 where one of the two does not move; not known while no two returns overlap. A value of zero or less is passed over.
/// </summary>
/// <remarks>
/// Source: Hayashi, Yoshida (2005), "On covariance estimation of non-synchronously observed diffusion processes". A product is known when the later of its returns ends, and goes when the older of them does; both
/// happen in the order of the returns, so that a sum over a queue will do: about two products a value.
/// </remarks>
public sealed class HayashiYoshida : PairFeature
{
    private readonly OverlapSide _first, _second;
    private readonly SlidingTotal<OverlapSample, OverlapTotal> _products;

    /// <param name="window">Of the returns of each series.</param>
    public HayashiYoshida(FeatureWindow window) : base(outputs: 2)
    {
        (_first, _second) = (new OverlapSide(window), new OverlapSide(window));
        _products = new SlidingTotal<OverlapSample, OverlapTotal>(window.IsTime ? TimeWindows.InitialCapacity : 2 * window.Count);
    }

    public override bool HasOverlap => _products.End > 0;

    public override bool FollowsTime => _first.IsTime;

    public override void AsOf(Timestamp now)
    {
        bool isChanged = _first.Expire(now);
        if (_second.Expire(now) || isChanged) State();
    }

    protected override void Clear()
    {
        _first.Clear();
        _second.Clear();
        _products.Clear();
    }

    protected override void TakeFirst(Timestamp time, double value)
    {
        if (!(value > 0)) return;
        _second.Expire(time);
        if (_first.Take(time, value))
        {
            DropPast();
            long number = _first.End - 1;
            double change = _first[number];
            for (long i = _second.Pending; i < _second.EndBefore(time); i++) _products.Add(new OverlapSample(number, i, change * _second[i]));
        }
        Settle(_first, _second);
        State();
    }

    protected override void TakeSecond(Timestamp time, double value)
    {
        if (!(value > 0)) return;
        _first.Expire(time);
        if (_second.Take(time, value))
        {
            DropPast();
            long number = _second.End - 1;
            double change = _second[number];
            for (long i = _first.Pending; i < _first.EndBefore(time); i++) _products.Add(new OverlapSample(i, number, change * _first[i]));
        }
        Settle(_second, _first);
        State();
    }

    /// <summary>What ended until now does not overlap with the next return of the one that has just come, nor does what ends now with that of the other where it came at the same time.</summary>
    private static void Settle(OverlapSide moved, OverlapSide other)
    {
        other.Settle();
        if (other.HasValue && other.Time == moved.Time) moved.Settle();
    }

    private void State()
    {
        DropPast();
        if (_products.Count == 0 || !_first.IsKnown || !_second.IsKnown)
        {
            Set(0, double.NaN);
            Set(1, double.NaN);
            return;
        }
        double covariance = _products.Total.Products.Value, scale = Math.Sqrt(_first.Squares) * Math.Sqrt(_second.Squares);
        Set(0, scale > 0 ? covariance / scale : 0);
        Set(1, covariance);
    }

    private void DropPast()
    {
        while (_products.Count > 0 && (_products[_products.First].First < _first.First || _products[_products.First].Second < _second.First)) _products.DropFirst();
    }
}
