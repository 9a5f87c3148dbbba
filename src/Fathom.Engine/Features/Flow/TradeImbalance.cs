using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Flow;

/// <summary>
/// (bought − sold) ÷ (bought + sold) over the quantities of the trades of a window, −1 to 1. Trades whose side is not known are none. A window of n trades is known from the n-th on; one in time
/// while there is a trade in it, and it holds the newest 65,536.
/// </summary>
/// <remarks>Counts what was traded. Order-flow imbalance, which counts changes of the quotes, is <see cref="Microstructure.OrderFlowImbalance"/>.</remarks>
public sealed class TradeImbalance : TradeFeature
{
    private readonly FeatureWindow _window;
    private readonly RollingSums _sums;      // bought, sold
    private TradeClassifier _classifier;

    /// <param name="window">Trades, or time.</param>
    /// <param name="isVenueAlone">Only trades whose side the venue states count; else others are classified by Lee and Ready's rule.</param>
    public TradeImbalance(FeatureWindow window, bool isVenueAlone = false)
    {
        _window = window;
        _sums = new RollingSums(window);
        _classifier = new TradeClassifier(isVenueAlone);
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
        if (sign == 0) return;
        _sums.Add(trade.Time, sign > 0 ? trade.Quantity : 0, sign < 0 ? trade.Quantity : 0);
        Tell();
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _sums.Clear();
        _classifier.Clear();
    }

    private void Tell() => Set(_sums.IsFull && _sums.Count > 0 ? (_sums.First - _sums.Second) / (_sums.First + _sums.Second) : double.NaN);
}
