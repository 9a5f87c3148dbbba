using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>
/// Order-flow imbalance of Cont, Kukanov and Stoikov: Σ e over the changes of the best quote in a window, in units of quantity;
/// e = 1{bid ≥ bid'} bq − 1{bid ≤ bid'} bq' − 1{ask ≤ ask'} aq + 1{ask ≥ ask'} aq', with ' the quote before. A missing bid is −∞ with quantity 0, a missing ask +∞. An event that leaves the best prices
/// and quantities as they are is no change. A stale, locked or crossed book is passed over, and the first one after it is compared with nothing. A window of n changes is known from the n-th on; one in
/// time from the first change on, 0 while it is empty, and it holds the newest 65,536.
/// </summary>
/// <remarks>Source: Cont, Kukanov and Stoikov (2014), "The price impact of order book events". Bought less sold volume is another thing: <see cref="Flow.TradeImbalance"/>.</remarks>
public sealed class OrderFlowImbalance : TapeFeature
{
    private readonly FeatureWindow _window;
    private readonly RollingSums _sums;
    private double _bid, _bidQuantity, _ask, _askQuantity;
    private bool _hasQuote, _isKnown;

    /// <param name="window">Changes of the best quote, or time.</param>
    public OrderFlowImbalance(FeatureWindow window) => (_window, _sums) = (window, new RollingSums(window));

    /// <inheritdoc/>
    public override bool TakesBook => true;

    /// <inheritdoc/>
    public override bool FollowsTime => _window.IsTime;

    /// <inheritdoc/>
    public override void TakeBook(BookSample book)
    {
        bool hadQuote = _hasQuote;
        _hasQuote = QuoteFlow.IsUsable(book);
        if (!_hasQuote) return;
        (double bid, double bidQuantity) = book.BidCount > 0 ? (book.Bid, book.BidQuantity) : (double.NegativeInfinity, 0);
        (double ask, double askQuantity) = book.AskCount > 0 ? (book.Ask, book.AskQuantity) : (double.PositiveInfinity, 0);
        if (hadQuote && (bid != _bid || bidQuantity != _bidQuantity || ask != _ask || askQuantity != _askQuantity))
        {
            _sums.Add(book.Time, QuoteFlow.OfBid(bid, bidQuantity, _bid, _bidQuantity) + QuoteFlow.OfAsk(ask, askQuantity, _ask, _askQuantity));
            _isKnown = _sums.IsFull;
            if (_isKnown) Set(_sums.First);
        }
        (_bid, _bidQuantity, _ask, _askQuantity) = (bid, bidQuantity, ask, askQuantity);
    }

    /// <inheritdoc/>
    public override void AsOf(Timestamp now)
    {
        _sums.Expire(now);
        if (_isKnown) Set(_sums.First);
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _sums.Clear();
        (_hasQuote, _isKnown) = (false, false);
    }
}
