using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>
/// Volume-synchronised probability of informed trading: Σ |bought − sold| ÷ (n × volume) over the last n buckets of the same volume, 0 to 1. A trade that is larger than what is missing fills several.
/// Bought and sold are by the sign of each trade (a volume whose side is not known is half and half), or by bulk: of a bucket Φ(change ÷ σ) is bought, with the change from the last price of the bucket
/// before to its own, and σ the root mean square of the last n changes, this one included (half is bought where nothing moved); the first bucket has no change and is none. Known from the n-th bucket on.
/// </summary>
/// <remarks>Source: Easley, López de Prado and O'Hara (2012), "Flow toxicity and liquidity in a high-frequency world". Quantities are counted in whole 1e-9, so that a bucket is full where it is.</remarks>
public sealed class Vpin : TradeFeature
{
    private const double Nano = 1e9, NanosMax = 9.2e18;

    private readonly long _volume;      // of a bucket, in 1e-9
    private readonly int _buckets;
    private readonly bool _isBulk;
    private readonly RollingSums _imbalances;      // of buckets, ÷ volume
    private readonly RollingSums _changes;         // squares
    private TradeClassifier _classifier = new(isVenueAlone: false);
    private long _filled, _signed;
    private double _price = double.NaN;      // last of the bucket before

    /// <param name="volume">Of a bucket, 1e-9 or more.</param>
    /// <param name="buckets">n, 1 or more.</param>
    /// <param name="isBulk">By bulk; else by the trades' signs.</param>
    /// <exception cref="ArgumentOutOfRangeException">Something is out of its range.</exception>
    public Vpin(double volume, int buckets, bool isBulk = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(volume, 1 / Nano);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(volume, 1e9);
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        (_volume, _buckets, _isBulk) = (Nanos(volume), buckets, isBulk);
        (_imbalances, _changes) = (new RollingSums(FeatureWindow.Samples(buckets)), new RollingSums(FeatureWindow.Samples(buckets)));
    }

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade)
    {
        int sign = _classifier.SignOf(in trade);
        for (long left = Nanos(trade.Quantity); left > 0;)
        {
            long part = Math.Min(left, _volume - _filled);
            left -= part;
            _filled += part;
            _signed += sign * part;
            if (_filled < _volume) return;
            Complete(trade.Price);
            long whole = left / _volume;
            if (whole > _buckets) left -= (whole - _buckets) * _volume;      // more alike than the window holds
        }
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _imbalances.Clear();
        _changes.Clear();
        _classifier.Clear();
        (_filled, _signed, _price) = (0, 0, double.NaN);
    }

    private void Complete(double price)
    {
        double change = price - _price, imbalance = (double)Math.Abs(_signed) / _volume;
        (_filled, _signed, _price) = (0, 0, price);
        if (_isBulk)
        {
            if (double.IsNaN(change)) return;
            _changes.Add(default, change * change);
            imbalance = change == 0 ? 0 : ErrorFunction.Of(Math.Abs(change) / Math.Sqrt(2 * _changes.First / _changes.Count));      // |Φ(z) − Φ(−z)| = erf(|z| ÷ √2)
        }
        _imbalances.Add(default, imbalance);
        if (_imbalances.IsFull) Set(_imbalances.First / _buckets);
    }

    private static long Nanos(double value) => (long)Math.Min(Math.Floor(value * Nano + 0.5), NanosMax);
}
