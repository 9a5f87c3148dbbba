using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Market.Books;

namespace Fathom.Engine.Loop;

/// <summary>Knows each instrument's mark (the best prices of its last sound book) and publishes it when it moves, for instruments that ever had an order of ours.</summary>
internal sealed class MarkPublisher(Publisher publisher, MarketState market, ushort account)
{
    private Mark[] _marks = [];

    /// <summary>Takes the best prices of a sound book.</summary>
    /// <returns>True when one of them moved.</returns>
    public bool TryMove(in BestPrices best, Timestamp clock)
    {
        ref Mark mark = ref Of(best.Instrument);
        if (mark.Bid == best.Bid.Price && mark.Ask == best.Ask.Price && mark.IsKnown) return false;
        mark.Bid = best.Bid.Price;
        mark.Ask = best.Ask.Price;
        mark.IsKnown = true;
        if (mark.IsWatched) Publish(in best, clock);
        return true;
    }

    /// <summary>The next sound book of each instrument counts as moved: nobody was told of the marks so far.</summary>
    public void Forget()
    {
        foreach (ref Mark mark in _marks.AsSpan()) mark.IsKnown = false;
    }

    /// <summary>Something of ours happens in the instrument: from here on its mark is published, first as it is now.</summary>
    public void Watch(InstrumentId instrument, Timestamp clock)
    {
        ref Mark mark = ref Of(instrument);
        if (mark.IsWatched) return;
        mark.IsWatched = true;
        if (!mark.IsKnown) return;
        OrderBook book = market.Books[instrument];
        book.TryLevel(Side.Buy, mark.Bid, out var bid);
        book.TryLevel(Side.Sell, mark.Ask, out var ask);
        Publish(new BestPrices(instrument, bid with { Price = mark.Bid }, ask with { Price = mark.Ask }), clock);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Mark Of(InstrumentId instrument)
    {
        int index = instrument.Index;
        if (index >= _marks.Length) Array.Resize(ref _marks, Math.Max(index + 1, _marks.Length * 2));
        return ref _marks[index];
    }

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

    private struct Mark
    {
        public Price Bid;
        public Price Ask;
        public bool IsKnown;
        public bool IsWatched;
    }
}
