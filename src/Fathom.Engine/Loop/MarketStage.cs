using System.Runtime.CompilerServices;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Market.Books;

namespace Fathom.Engine.Loop;

/// <summary>
/// The market side of a step: everything that follows from the tape alone, whoever trades. It takes each message once and says what came of it: the books, the features, the
/// best prices and whether they moved.
/// </summary>
/// <remarks>
/// An engine has one of its own. Engines that must not influence each other may stand on one and the same (lanes): then somebody shows it each message of the tape once, between
/// the moment at which the engines' clocks have come to it and the moment at which they take it. So nothing here may depend on an engine: not on its clock, which its
/// reports and timers move, not on what its strategies asked for, and not on its orders.
/// <code>
///   message ──▶ engines: clock, start ──▶ stage: books, features, best prices ──▶ engines: marks, strategies, orders
/// </code>
/// </remarks>
public sealed class MarketStage : IDisposable
{
    private Mark[] _marks = [];
    private BestPrices _best;

    /// <param name="tradeWindow">How far back trades count for the trade imbalance.</param>
    public MarketStage(Duration tradeWindow) => Features = new FeatureSet(State.Books, tradeWindow);

    /// <summary>Instruments and books as the tape has left them so far.</summary>
    public MarketState State { get; } = new();

    internal FeatureSet Features { get; }

    /// <summary>Numbers from elsewhere, as they have become known so far.</summary>
    internal SeriesStore Series { get; } = new();

    /// <summary>Of the tape, as venues keep it: it never goes back, over all instruments.</summary>
    internal Timestamp VenueTime { get; private set; } = Timestamp.Earliest;

    // ---- what came of the newest market-by-order message

    /// <summary>A trade, or a book that was cleared or is being rebuilt.</summary>
    internal bool IsRare { get; private set; }

    /// <summary>The book has two sides, is not crossed and not stale. Of an event that ended, like what follows.</summary>
    internal bool IsSound { get; private set; }

    /// <summary>The book is sound and one of its best prices is another than at the last sound book.</summary>
    internal bool IsMoved { get; private set; }

    /// <summary>The best levels can be quoted against.</summary>
    internal bool IsQuotable { get; private set; }

    /// <summary>A best price, or whether the book can be quoted in, is another than at the instrument's last event.</summary>
    internal bool IsChanged { get; private set; }

    /// <summary>The instrument's best levels; default where a side is empty.</summary>
    internal ref readonly BestPrices Best => ref _best;

    internal OrderBook Book { get; private set; } = null!;

    /// <summary>Takes a message of the tape. When it ends its event, <see cref="Complete"/> comes next, as soon as everybody has seen the message itself.</summary>
    /// <param name="clock">Receive time of the newest message, never going back.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Take(in MarketByOrder message, Timestamp clock)
    {
        State.Books.Apply(in message);
        Features.MarketClock = clock;
        IsRare = message.Action is BookAction.Trade or BookAction.Clear || (message.Flags & BookFlags.Snapshot) != 0;
        if (message.Action == BookAction.Trade) Features.NoteTrade(message.Header.Instrument, message.Side, message.Quantity, clock);
    }

    /// <summary>The message that was taken last ended its event.</summary>
    internal void Complete(in MessageHeader last)
    {
        InstrumentId instrument = last.Instrument;
        Book = State.Books[instrument];
        VenueTime = Timestamp.Max(VenueTime, Timestamp.Min(last.EventTime, last.ReceiveTime));
        bool hasBoth = Book.TryBest(out BookLevel bid, out BookLevel ask);
        IsSound = hasBoth && bid.Price <= ask.Price && !Book.IsStale;
        _best = new BestPrices(instrument, bid, ask);
        IsQuotable = IsSound && bid.Price < ask.Price && State.Instruments.StateOf(instrument).Matches();
        ref Mark mark = ref MarkOf(instrument);
        ref EventBest before = ref Features.BestOf(instrument);
        IsChanged = mark.WasQuotable != IsQuotable || before.Bid.Price != bid.Price || before.Ask.Price != ask.Price;
        (mark.WasQuotable, mark.Time) = (IsQuotable, VenueTime);
        (before.Bid, before.Ask, before.IsSound) = (bid, ask, IsSound);
        Features.NoteEvent(instrument);
        IsMoved = IsSound && mark.TryMove(bid.Price, ask.Price);
    }

    /// <summary>Takes a message of the tape that is not about orders: a definition, a trading state or a series. Others concern nobody here.</summary>
    internal void TakeOther(ReadOnlySpan<byte> message)
    {
        switch (Messages.Header(message).Type)
        {
            case MessageType.SeriesDefined: Series.Define(in Messages.As<SeriesDefinition>(message)); break;
            case MessageType.SeriesPoint: Series.Apply(in Messages.As<SeriesObservation>(message)); break;
            default: State.Apply(message); break;
        }
    }

    /// <summary>The best prices of the instrument's last sound book; false when there was none since the start.</summary>
    internal bool TryMark(InstrumentId instrument, out Price bid, out Price ask)
    {
        ref Mark mark = ref MarkOf(instrument);
        (bid, ask) = (mark.Bid, mark.Ask);
        return mark.IsKnown;
    }

    /// <summary>The next sound book of each instrument counts as moved: nobody was told of the marks so far.</summary>
    internal void ForgetMarks()
    {
        foreach (ref Mark mark in _marks.AsSpan()) mark.IsKnown = false;
    }

    /// <summary>A book can be quoted in: two sides, not crossed or locked, not stale, in a state that trades.</summary>
    internal bool IsQuotableBook(InstrumentId instrument, out BestPrices best)
    {
        OrderBook book = State.Books[instrument];
        bool hasBoth = book.TryBest(out BookLevel bid, out BookLevel ask);
        best = new BestPrices(instrument, bid, ask);
        return hasBoth && bid.Price < ask.Price && !book.IsStale && State.Instruments.StateOf(instrument).Matches();
    }

    public void Dispose() => State.Dispose();

    /// <summary>Of the instrument's newest event.</summary>
    internal void LastEvent(InstrumentId instrument, out BestPrices best, out Timestamp time)
    {
        ref Mark mark = ref MarkOf(instrument);
        ref EventBest last = ref Features.BestOf(instrument);
        best = new BestPrices(instrument, last.Bid, last.Ask);
        time = mark.Time;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Mark MarkOf(InstrumentId instrument)
    {
        if (instrument.Index >= _marks.Length) Reserve(instrument.Index);
        return ref _marks[instrument.Index];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reserve(int index)
    {
        int known = _marks.Length;
        Array.Resize(ref _marks, Math.Max(index + 1, known * 2));
        for (int i = known; i < _marks.Length; i++) _marks[i].Time = Timestamp.Earliest;
    }

    private struct Mark
    {
        public Price Bid, Ask;      // of the last sound book
        public bool IsKnown;
        public bool WasQuotable;
        public Timestamp Time;      // the venue's, at the last event

        public bool TryMove(Price bid, Price ask)
        {
            if (Bid == bid && Ask == ask && IsKnown) return false;
            (Bid, Ask, IsKnown) = (bid, ask, true);
            return true;
        }
    }
}
