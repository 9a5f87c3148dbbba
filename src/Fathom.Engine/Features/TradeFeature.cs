namespace Fathom.Engine.Features;

/// <summary>A feature of trades, and of the best prices before each. A trade whose price or quantity is not finite, or that has no quantity, is passed over.</summary>
/// <param name="outputs">How many numbers it gives.</param>
public abstract class TradeFeature(int outputs = 1) : TapeFeature(outputs)
{
    /// <inheritdoc/>
    public sealed override bool TakesTrades => true;

    /// <inheritdoc/>
    public sealed override void TakeTrade(in TradeSample trade)
    {
        if (double.IsFinite(trade.Price) && trade.Quantity > 0 && double.IsFinite(trade.Quantity)) Take(in trade);
    }

    /// <summary>Takes a trade with a finite price and a finite quantity above zero.</summary>
    protected abstract void Take(in TradeSample trade);
}
