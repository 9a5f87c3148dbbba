using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Flow;

/// <summary>
/// Blocks: trades of at least k times the median quantity of the n trades before, and of at least a value (price × quantity). Outputs: 0 whether the newest trade is one, with its sign (1 a buyer
/// took, −1 a seller did, 0 no block, or nobody knows who took); 1 the share of the volume of a window that was traded in blocks, 0 to 1. Trades before the n-th are judged by nothing and count
/// nowhere. A window of trades holds as many judged ones; one in time is known while there is one in it, and it holds the newest 65,536.
/// </summary>
/// <remarks>Prints of auctions are trades like others here: a tape that has them and does not want them here has to leave them out.</remarks>
public sealed class BlockTrade : TradeFeature
{
    private readonly double _multiple, _valueMin;
    private readonly FeatureWindow _window;
    private readonly RankedWindow _median;
    private readonly RollingSums _sums;      // volume of blocks, of all
    private TradeClassifier _classifier = new(isVenueAlone: false);

    /// <param name="multiple">k, above zero.</param>
    /// <param name="trades">n, 1 or more.</param>
    /// <param name="valueMin">In price units × quantity, 0 or more.</param>
    /// <param name="window">For the share: trades, or time.</param>
    /// <exception cref="ArgumentOutOfRangeException">Something is out of its range.</exception>
    public BlockTrade(double multiple, int trades, double valueMin, FeatureWindow window)
        : base(2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(multiple);
        ArgumentOutOfRangeException.ThrowIfLessThan(trades, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(valueMin);
        (_multiple, _valueMin, _window) = (multiple, valueMin, window);
        _median = new RankedWindow(FeatureWindow.Samples(trades), share: 0.5);
        _sums = new RollingSums(window);
    }

    /// <inheritdoc/>
    public override bool FollowsTime => _window.IsTime;

    /// <inheritdoc/>
    public override void AsOf(Timestamp now)
    {
        _sums.Expire(now);
        Tell();
    }

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade)
    {
        int sign = _classifier.SignOf(in trade);
        if (_median.IsKnown)
        {
            bool isBlock = trade.Quantity >= _multiple * _median.AtCut && trade.Price * trade.Quantity >= _valueMin;
            Set(isBlock ? sign : 0);
            _sums.Add(trade.Time, isBlock ? trade.Quantity : 0, trade.Quantity);
            Tell();
        }
        _median.Take(trade.Time, trade.Quantity);
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _median.Clear();
        _sums.Clear();
        _classifier.Clear();
    }

    private void Tell() => Set(1, _sums.IsFull && _sums.Count > 0 ? _sums.First / _sums.Second : double.NaN);
}
