using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>
/// Kyle's lambda, the price of taking liquidity: the slope of the least-squares line of the mid's change on the signed volume (bought less sold) over the last n buckets of trades, in price units per
/// unit of quantity. A bucket begins with a trade and holds so many trades, or those of so much time from its first; it is complete with the first trade behind it, which begins the next. Its change of the mid is
/// that from before its first trade to before the next bucket's, so it has what its last trade did. Trades before the first sound book are passed over; one whose side is not known counts and adds no
/// volume. Known from the n-th complete bucket on; NaN while the volumes do not differ (through the origin: while all are 0).
/// </summary>
/// <remarks>Source: Kyle (1985), "Continuous auctions and insider trading"; the regression as in Hasbrouck (2009).</remarks>
public sealed class KyleLambda : TradeFeature
{
    private const double SameWithin = 1e-12;      // volumes whose variance is below this part of their mean square do not differ: a slope would be of their rounding

    private readonly FeatureWindow _bucket;
    private readonly bool _isThroughOrigin;
    private readonly SampleWindow<PairSample, PairTotal> _line;      // volumes and changes of the mid
    private TradeClassifier _classifier;
    private int _trades;      // in the bucket
    private Timestamp _start;
    private double _mid, _volume;      // before the bucket, in it

    /// <param name="bucket">Trades, or time.</param>
    /// <param name="buckets">n, 2 or more.</param>
    /// <param name="isThroughOrigin">The line goes through the origin; else it has an intercept.</param>
    /// <param name="isVenueAlone">Only trades whose side the venue states have a sign; else others are classified by Lee and Ready's rule.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 buckets.</exception>
    public KyleLambda(FeatureWindow bucket, int buckets, bool isThroughOrigin = false, bool isVenueAlone = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 2);
        (_bucket, _isThroughOrigin) = (bucket, isThroughOrigin);
        _line = new SampleWindow<PairSample, PairTotal>(FeatureWindow.Samples(buckets));
        _classifier = new TradeClassifier(isVenueAlone);
    }

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade)
    {
        int sign = _classifier.SignOf(in trade);
        double mid = trade.Mid;
        if (double.IsNaN(mid)) return;
        if (_trades > 0 && (_bucket.IsTime ? trade.Time >= _start + _bucket.Time : _trades == _bucket.Count)) Complete(mid);
        if (_trades++ == 0) (_start, _mid, _volume) = (trade.Time, mid, 0);
        _volume += sign * trade.Quantity;
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _line.Clear();
        _classifier.Clear();
        _trades = 0;
    }

    private void Complete(double mid)
    {
        _trades = 0;
        _line.Take(default, new PairSample(_volume, mid - _mid));
        if (!_line.Has(2)) return;
        PairTotal total = _line.Total;
        double volume = _line.Origin.First + total.First, change = _line.Origin.Second + total.Second, meanSquares = total.Count * volume * volume;
        if (_isThroughOrigin) Set((total.Products + total.Count * volume * change) / (total.FirstSquares + meanSquares));
        else Set(total.FirstSquares > SameWithin * meanSquares ? total.Products / total.FirstSquares : double.NaN);
    }
}
