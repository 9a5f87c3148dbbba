namespace Fathom.Engine.Features.Flow;

/// <summary>Who took in the newest trade: 1 a buyer, −1 a seller, 0 not known. What the venue says, else Lee and Ready's rule: above the mid of the last sound book before the trade a buyer, below it
/// a seller; at the mid, or without one, the last price that differs decides.</summary>
/// <remarks>Source: Lee and Ready (1991), "Inferring trade direction from intraday data", with the quote of the moment.</remarks>
public sealed class TradeSign : TradeFeature
{
    private TradeClassifier _classifier = new(isVenueAlone: false);

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade) => Set(_classifier.SignOf(in trade));

    /// <inheritdoc/>
    protected override void Clear() => _classifier.Clear();
}
