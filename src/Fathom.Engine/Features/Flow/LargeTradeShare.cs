using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Flow;

/// <summary>
/// The share of the volume of a window that was traded in trades of at least so much, 0 to 1. A window of n trades is known from the n-th on; one in time while there is a trade in it, and it holds
/// the newest 65,536. What is large for the instrument at the moment is <see cref="BlockTrade"/>'s matter.
/// </summary>
public sealed class LargeTradeShare : TradeFeature
{
    private readonly FeatureWindow _window;
    private readonly double _quantity;
    private readonly RollingSums _sums;      // volume of large trades, of all

    /// <param name="quantity">From this on a trade is large; above zero.</param>
    /// <param name="window">Trades, or time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is not above zero.</exception>
    public LargeTradeShare(double quantity, FeatureWindow window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        (_quantity, _window, _sums) = (quantity, window, new RollingSums(window));
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
        _sums.Add(trade.Time, trade.Quantity >= _quantity ? trade.Quantity : 0, trade.Quantity);
        Tell();
    }

    /// <inheritdoc/>
    protected override void Clear() => _sums.Clear();

    private void Tell() => Set(_sums.IsFull && _sums.Count > 0 ? _sums.First / _sums.Second : double.NaN);
}
