using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Flow;

/// <summary>
/// Volume-weighted average price of the trades of a window, Σ price × quantity ÷ Σ quantity. A window of n trades is known from the n-th on; one in time while there is a trade in it, and it holds
/// the newest 65,536.
/// </summary>
/// <param name="window">Trades, or time.</param>
public sealed class RollingVwap(FeatureWindow window) : TradeFeature
{
    private readonly RollingSums _sums = new(window);      // value, volume

    /// <inheritdoc/>
    public override bool FollowsTime => window.IsTime;

    /// <inheritdoc/>
    public override void AsOf(Timestamp now)
    {
        _sums.Expire(now);
        Tell();
    }

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade)
    {
        _sums.Add(trade.Time, trade.Price * trade.Quantity, trade.Quantity);
        Tell();
    }

    /// <inheritdoc/>
    protected override void Clear() => _sums.Clear();

    private void Tell() => Set(_sums.IsFull && _sums.Count > 0 ? _sums.First / _sums.Second : double.NaN);
}
