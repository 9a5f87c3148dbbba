using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>
/// Order-flow imbalance of several levels, in average depths: the mean over the levels m of Σ e(m), ÷ the mean over levels and changes of (bid quantity + ask quantity) ÷ 2 after each change. e(m) is
/// <see cref="OrderFlowImbalance"/>'s e of the m-th best bid and ask; a level that is not there has quantity 0 and, on its side, an infinite price. A change is an event that changes one of the levels.
/// Books are passed over as there. A window of n changes is known from the n-th on; one in time from the first change on, 0 while it is empty, and it holds the newest 65,536. NaN where there was no depth.
/// </summary>
/// <remarks>Source: Cont, Cucuringu and Zhang (2023), "Cross-impact of order flow imbalance in equity markets", equations of the multi-level imbalance and its normalisation; the plain mean over levels instead
/// of the first principal component, which has to be fitted.</remarks>
public sealed class DeepOrderFlowImbalance : TapeFeature
{
    private readonly FeatureWindow _window;
    private readonly RollingSums _sums;      // Σ over levels of e, of (bid quantity + ask quantity) ÷ 2
    private readonly (double Price, double Quantity)[] _bids, _asks;      // of the book before; always as many as there are levels
    private bool _hasBook, _isKnown;

    /// <param name="levels">Of each side, 1 to <see cref="BookSample.DepthMax"/>.</param>
    /// <param name="window">Changes of these levels, or time.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number of levels.</exception>
    public DeepOrderFlowImbalance(int levels, FeatureWindow window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, BookSample.DepthMax);
        (_window, _sums) = (window, new RollingSums(window));
        _bids = new (double, double)[levels];
        _asks = new (double, double)[levels];
    }

    /// <inheritdoc/>
    public override bool TakesBook => true;

    /// <inheritdoc/>
    public override int Depth => _bids.Length;

    /// <inheritdoc/>
    public override bool FollowsTime => _window.IsTime;

    /// <inheritdoc/>
    public override void TakeBook(BookSample book)
    {
        bool hadBook = _hasBook;
        _hasBook = QuoteFlow.IsUsable(book);
        if (!_hasBook) return;
        bool isChanged = false;
        double flow = OfBids(book, ref isChanged) + OfAsks(book, ref isChanged);
        if (!hadBook || !isChanged) return;
        _sums.Add(book.Time, flow, DepthOf(_bids, _asks));
        _isKnown = _sums.IsFull;
        Tell();
    }

    /// <inheritdoc/>
    public override void AsOf(Timestamp now)
    {
        _sums.Expire(now);
        Tell();
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _sums.Clear();
        (_hasBook, _isKnown) = (false, false);
    }

    private double OfBids(BookSample book, ref bool isChanged)
    {
        ReadOnlySpan<double> prices = book.BidPrices, quantities = book.BidQuantities;
        double flow = 0;
        for (int i = 0; i < _bids.Length; i++)
        {
            (double price, double quantity) = i < prices.Length ? (prices[i], quantities[i]) : (double.NegativeInfinity, 0);
            (double priceBefore, double quantityBefore) = _bids[i];
            if (price == priceBefore && quantity == quantityBefore) continue;
            isChanged = true;
            flow += QuoteFlow.OfBid(price, quantity, priceBefore, quantityBefore);
            _bids[i] = (price, quantity);
        }
        return flow;
    }

    private double OfAsks(BookSample book, ref bool isChanged)
    {
        ReadOnlySpan<double> prices = book.AskPrices, quantities = book.AskQuantities;
        double flow = 0;
        for (int i = 0; i < _asks.Length; i++)
        {
            (double price, double quantity) = i < prices.Length ? (prices[i], quantities[i]) : (double.PositiveInfinity, 0);
            (double priceBefore, double quantityBefore) = _asks[i];
            if (price == priceBefore && quantity == quantityBefore) continue;
            isChanged = true;
            flow += QuoteFlow.OfAsk(price, quantity, priceBefore, quantityBefore);
            _asks[i] = (price, quantity);
        }
        return flow;
    }

    private static double DepthOf((double Price, double Quantity)[] bids, (double Price, double Quantity)[] asks)
    {
        double depth = 0;
        for (int i = 0; i < bids.Length && i < asks.Length; i++) depth += (bids[i].Quantity + asks[i].Quantity) / 2;
        return depth;
    }

    /// <summary>(Σ e ÷ levels) ÷ (Σ depth ÷ (levels × changes)).</summary>
    private void Tell()
    {
        if (_isKnown) Set(_sums.Count == 0 ? 0 : _sums.First * _sums.Count / _sums.Second);
    }
}
