namespace Fathom.Engine.Features.Microstructure;

/// <summary>
/// Where our own orders stand: the quantity ahead of our best buy order (output 0) and of our best sell order (output 1) ÷ the quantity at the best price of its side. At the best price it is the share
/// of the queue ahead, 0 first and 1 last; of an order that stands deeper, what is ahead of it in multiples of the best level. NaN without an order, or while its place is not known.
/// </summary>
public sealed class OwnQueue() : MomentFeature(2)
{
    /// <inheritdoc/>
    public override bool TakesOwnOrders => true;

    /// <inheritdoc/>
    protected override void Take(BookSample book)
    {
        Set(0, book.BidAhead / book.BidQuantity);
        Set(1, book.AskAhead / book.AskQuantity);
    }
}
