using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>One tape and one book for several simulated venues that must not influence each other.</summary>
/// <remarks>
/// A venue never alters the tape's book: what its orders took is in a ledger of its own. So venues that stand at the same place of the tape can read the same book, and each
/// comes to what it would have come to alone. For each event the tape asks which venues it can concern; most messages are far from anybody's orders, and are the book's alone:
/// <code>
///   message ──▶ reaches the nearest of all venues' orders, or an order that somebody took from? ──no──▶ book
///                   └─yes──▶ prints ──▶ for each message: venues before it ─▶ book ─▶ venues after it ──▶ fills, waiting commands
/// </code>
/// Whoever drives it lets the commands of each venue arrive between the messages, as for a venue with a tape of its own. A test holds both to the same reports.
/// </remarks>
public sealed class VenueTape : IDisposable
{
    private readonly MarketState _market;
    private readonly BookSet _books;
    private TapeInstrument?[] _instruments = [];
    private int[] _openMessages = [];      // of the open event, per instrument

    public VenueTape() : this(new MarketState()) { }

    internal VenueTape(MarketState market)
    {
        _market = market;
        _books = market.Books;
    }

    /// <summary>Venue time of the tape: the running maximum of the earlier of event and receive time.</summary>
    public Timestamp Clock { get; private set; } = Timestamp.Earliest;

    /// <summary>How many events were cut because they did not end.</summary>
    public long CutEvents { get; private set; }

    internal MarketState Market => _market;

    /// <summary>The venue time that the next message of the tape is going to have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Timestamp TimeOf(in MessageHeader next) => VenueTime.With(in next, Clock);

    /// <summary>Takes the next message of the tape: a whole one. All commands that arrive before its time have been applied, at all venues.</summary>
    /// <returns>True when a venue had to do with it: it may have reports.</returns>
    public bool Take(ReadOnlySpan<byte> message)
    {
        ref readonly MessageHeader header = ref Messages.Header(message);
        Clock = TimeOf(in header);
        int index = header.Instrument.Index;
        TapeInstrument? instrument = (uint)index < (uint)_instruments.Length ? _instruments[index] : null;
        if (header.Type == MessageType.OperatorCommand) return false;      // not the market's
        if (header.Type != MessageType.MarketByOrder) return TakeOther(instrument, index, message);
        ref readonly MarketByOrder record = ref Messages.As<MarketByOrder>(message);
        if (instrument is not null) return TakeWatched(instrument, in record, message);
        CountMessage(index, record.IsLast);
        _books.Apply(in record);
        return false;
    }

    public void Dispose() => _market.Dispose();

    internal bool IsEventOpen(int index) => (uint)index < (uint)_openMessages.Length && _openMessages[index] > 0;

    /// <summary>A venue begins to trade in the instrument.</summary>
    internal void Watch(VenueInstrument instrument, SimulatedVenue venue)
    {
        int index = instrument.Id.Index;
        if (index >= _instruments.Length) Reserve(index);
        (_instruments[index] ??= new TapeInstrument(instrument.Id, instrument.Book)).Add(new TapeWatcher(venue, instrument));
    }

    /// <summary>Orders of a venue in the instrument came or went.</summary>
    internal void NoteChanged(InstrumentId id)
    {
        if ((uint)id.Index < (uint)_instruments.Length && _instruments[id.Index] is { } instrument) instrument.IsChanged = true;
    }

    private bool TakeOther(TapeInstrument? instrument, int index, ReadOnlySpan<byte> message)
    {
        if (instrument is { IsGathering: true }) instrument.GatherOther(message);
        else _market.Apply(message);
        bool isEnd = !IsEventOpen(index) || CountMessage(index, isLast: false);      // alone it is an event of its own
        return isEnd && instrument is not null && EndEvent(instrument);
    }

    private bool TakeWatched(TapeInstrument instrument, in MarketByOrder record, ReadOnlySpan<byte> message)
    {
        int index = instrument.Id.Index;
        bool isFirst = _openMessages[index] == 0;
        bool isEnd = CountMessage(index, record.IsLast), isTouched = false;
        if (record.Action == BookAction.Trade) NoteTrade(instrument, in record);
        if (instrument.IsGathering || (isFirst && !isEnd && instrument.HasOrders)) instrument.Gather(in record);
        else isTouched = Judge(instrument, message, instrument.CanConcern(in record), isFill: record.Action == BookAction.Fill);
        return isEnd ? EndEvent(instrument) | isTouched : isTouched;
    }

    /// <summary>Stops that watch trades count one by the trading state in which it comes.</summary>
    private void NoteTrade(TapeInstrument instrument, in MarketByOrder trade)
    {
        TradingState state = instrument.GatheredState ?? _market.Instruments.StateOf(instrument.Id);
        foreach (TapeWatcher watcher in instrument.Watchers)
            if (watcher.Instrument.Stops.WatchesTrades) watcher.Instrument.NoteTrade(in trade, state);
    }

    private bool EndEvent(TapeInstrument instrument)
    {
        bool isTouched = false;
        if (instrument.IsGathering)
        {
            isTouched = Judge(instrument, instrument.Gathered, instrument.IsEventOurs, instrument.HasFill);
            instrument.DropGathered();
        }
        foreach (TapeWatcher watcher in instrument.Watchers)
        {
            if (!watcher.IsJudged && !watcher.Instrument.WaitsForEnd && watcher.Instrument.Waiting.IsEmpty) continue;
            watcher.IsJudged = false;
            watcher.Venue.EndShared(watcher.Instrument);
            instrument.IsChanged = isTouched = true;
        }
        return isTouched;
    }

    /// <summary>Applies the messages of an event, or one in the middle of an event that began while no orders of ours rested, and finds what they do to each venue.</summary>
    /// <param name="isOurs">False: surely none of them concerns anybody.</param>
    /// <param name="isFill">The event names fills.</param>
    private bool Judge(TapeInstrument instrument, ReadOnlySpan<byte> messages, bool isOurs, bool isFill)
    {
        bool judgesAll = QueueMatcher.IsNearRenumbering(instrument.Book);
        if (!(isOurs || judgesAll) || !BeginJudging(instrument, messages, judgesAll, isFill))
        {
            _market.ApplyBatch(messages);
            return false;
        }
        int applied = 0;
        for (int at = 0; at < messages.Length;)
        {
            ReadOnlySpan<byte> message = messages[at..];
            int length = Messages.Header(message).Length;
            if (Messages.Header(message).Type == MessageType.MarketByOrder && (judgesAll || instrument.CanConcern(in Messages.As<MarketByOrder>(message))))
            {
                _market.ApplyBatch(messages[applied..at]);      // those in between, at once
                JudgeRecord(instrument, in Messages.As<MarketByOrder>(message), judgesAll);
                applied = at + length;
            }
            at += length;
        }
        _market.ApplyBatch(messages[applied..]);
        foreach (TapeWatcher watcher in instrument.Watchers)
            if (watcher.IsJudged) watcher.Venue.Matcher.EndShared(watcher.Instrument);
        return true;
    }

    /// <summary>Finds the venues that the event concerns, and judges its prints for them while the book is as it was before.</summary>
    private static bool BeginJudging(TapeInstrument instrument, ReadOnlySpan<byte> messages, bool judgesAll, bool isFill)
    {
        bool isAny = false;
        foreach (TapeWatcher watcher in instrument.Watchers)
        {
            bool isConcerned = judgesAll, hasPrint = false;
            for (ReadOnlySpan<byte> rest = messages; !rest.IsEmpty; rest = rest[Messages.Header(rest).Length..])
            {
                if (Messages.Header(rest).Type != MessageType.MarketByOrder) continue;
                ref readonly MarketByOrder record = ref Messages.As<MarketByOrder>(rest);
                if (!watcher.Instrument.CanConcern(in record)) continue;
                isConcerned = true;
                hasPrint |= record.Action == BookAction.Trade;
            }
            if (!isConcerned) continue;
            watcher.IsJudged = isAny = true;
            watcher.Venue.Matcher.BeginShared(watcher.Instrument, messages, hasPrint && !isFill);
        }
        return isAny;
    }

    private void JudgeRecord(TapeInstrument instrument, in MarketByOrder record, bool judgesAll)
    {
        foreach (TapeWatcher watcher in instrument.Watchers)
        {
            watcher.IsConcerned = watcher.IsJudged && (judgesAll || watcher.Instrument.CanConcern(in record));
            if (watcher.IsConcerned) watcher.Before = watcher.Venue.Matcher.Before(watcher.Instrument, in record);
        }
        _books.Apply(in record);
        foreach (TapeWatcher watcher in instrument.Watchers)
            if (watcher.IsConcerned) watcher.Venue.Matcher.After(watcher.Instrument, in record, in watcher.Before);
        instrument.IsChanged = true;      // what was taken from an order is asked for by the messages behind it
    }

    /// <summary>Counts a message towards its instrument's open event; true when it ends the event.</summary>
    private bool CountMessage(int index, bool isLast)
    {
        if ((uint)index >= (uint)_openMessages.Length) Reserve(index);
        ref int open = ref _openMessages[index];
        open++;
        if (isLast)
        {
            open = 0;
            return true;
        }
        return open == SimulatedVenue.EventMessagesMax && Cut(ref open);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Cut(ref int open)
    {
        open = 0;
        CutEvents++;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reserve(int index)
    {
        Invariant.Require((uint)index < Fathom.Market.Universe.Instruments.CountMax, "a dense instrument id is neither negative nor beyond the registry");
        int length = Math.Max(index + 1, _openMessages.Length * 2);
        Array.Resize(ref _openMessages, length);
        Array.Resize(ref _instruments, length);
    }
}
