using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Market.Books;

namespace Fathom.Engine.Loop;

/// <summary>Publishes each instrument's mark (the best prices of its last sound book) when it moves, for instruments that ever had an order of ours.</summary>
internal sealed class MarkPublisher(Publisher publisher, MarketStage stage, ushort account)
{
    private bool[] _isWatched = [];

    /// <summary>The best prices of a sound book moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteMoved(in BestPrices best, Timestamp clock)
    {
        if (IsWatched(best.Instrument)) Publish(in best, clock);
    }

    /// <summary>Something of ours happens in the instrument: from here on its mark is published, first as it is now.</summary>
    public void Watch(InstrumentId instrument, Timestamp clock)
    {
        if (IsWatched(instrument)) return;
        if (instrument.Index >= _isWatched.Length) Array.Resize(ref _isWatched, Math.Max(instrument.Index + 1, _isWatched.Length * 2));
        _isWatched[instrument.Index] = true;
        if (!stage.TryMark(instrument, out Price bidPrice, out Price askPrice)) return;
        OrderBook book = stage.State.Books[instrument];
        book.TryLevel(Side.Buy, bidPrice, out var bid);
        book.TryLevel(Side.Sell, askPrice, out var ask);
        Publish(new BestPrices(instrument, bid with { Price = bidPrice }, ask with { Price = askPrice }), clock);
    }

    /// <summary>Something of ours happened in the instrument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsWatched(InstrumentId instrument) => (uint)instrument.Index < (uint)_isWatched.Length && _isWatched[instrument.Index];

    private void Publish(in BestPrices best, Timestamp clock)
    {
        QuoteEvent quote = new()
        {
            Header = MessageHeader.Create<QuoteEvent>(MessageType.QuoteEvent, source: 0, best.Instrument, clock, clock),
            Output = new OutputHeader { Strategy = TradingEngine.ExternalStrategy, Account = account },
            Bid = best.Bid.Price,
            BidQuantity = best.Bid.Quantity,
            Ask = best.Ask.Price,
            AskQuantity = best.Ask.Quantity,
        };
        publisher.Publish(ref quote);
    }
}
