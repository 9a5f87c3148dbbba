namespace Fathom.Engine.Features.Flow;

/// <summary>What the newest trade's taker paid for a round turn at its price: 2 × sign × (price − mid), with the mid of the last sound book before it. Below zero where the venue's taker got a better
/// price than the mid; NaN while no sound book was seen before a trade.</summary>
public sealed class EffectiveSpread : TradeFeature
{
    private TradeClassifier _classifier = new(isVenueAlone: false);

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade) => Set(2 * _classifier.SignOf(in trade) * (trade.Price - trade.Mid));

    /// <inheritdoc/>
    protected override void Clear() => _classifier.Clear();
}
