using System.Runtime.CompilerServices;
using Fathom.Domain.Books;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Engine.Orders;

/// <summary>
/// Our place in the queue as far as the engine can know it: exact on market-by-order data.
/// <para>The problem: the venue says when our order joined its queue, in its own time, and the answer travels. By the time it is here the engine's book has
/// moved on: "behind all that rests there now" would be too far back, or too far ahead.</para>
/// <para>The idea: every order of the tape's book carries the number of its arrival. While an answer is awaited, the tracker notes at each event of the instrument what the
/// next arrival would have been. The note of the last event at or before the venue's time is the number that our order would have got; what joined earlier stands
/// ahead, whatever happened since. Nothing is done per message, and the quantity ahead is counted from the book when somebody asks.</para>
/// <code>
///   event time        t1        t2     joined      t3          answer is here
///   next arrival     417       420       │        424            │
///                               └────────┴─ place 420 ◀──────────┘
/// </code>
/// </summary>
internal sealed class QueueTracker
{
    /// <summary>Events remembered per instrument while an answer is awaited. When more pass, the place of that order stays unknown.</summary>
    public const int NotesMax = 4096;

    private readonly BookSet _books;
    private readonly OrderBlotter _blotter;
    private Waiting?[] _waiting = [];
    private int _open;      // answers, places and rebuilt books that the next events are to settle, over all instruments

    public QueueTracker(BookSet books, OrderBlotter blotter)
    {
        _books = books;
        _blotter = blotter;
    }

    /// <summary>Events change what is noted. While not, they need not be told.</summary>
    public bool IsBusy => _open > 0;

    /// <summary>An order or a replacement leaves: from now on the instrument's arrivals are noted.</summary>
    /// <param name="lastEvent">The venue's time at the instrument's newest event: while nothing was awaited, nobody may have told it.</param>
    public void NoteSent(Order order, Timestamp lastEvent)
    {
        InstrumentId instrument = order.Instrument;
        order.Place.Answers++;
        if (instrument.Index >= _waiting.Length) Array.Resize(ref _waiting, Math.Max(instrument.Index + 1, _waiting.Length * 2));
        Waiting waiting = _waiting[instrument.Index] ??= new Waiting();
        OrderBook book = _books[instrument];
        if (waiting.Epoch != book.ArrivalEpoch) waiting.Renumber(book.ArrivalEpoch);
        _open++;
        if (waiting.Answers++ > 0) return;
        waiting.LastEvent = Timestamp.Max(waiting.LastEvent, lastEvent);
        waiting.Note(waiting.LastEvent, book.NextArrival);
    }

    /// <summary>A complete event of the instrument was applied.</summary>
    /// <param name="time">The venue's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteEvent(InstrumentId instrument, Timestamp time)
    {
        if ((uint)instrument.Index < (uint)_waiting.Length && _waiting[instrument.Index] is { } waiting) NoteEvent(waiting, instrument, time);
    }

    /// <summary>A submission or a replacement was answered.</summary>
    /// <param name="hasJoined">It put the order at the tail of a queue.</param>
    /// <param name="time">When, in the venue's time.</param>
    public void NoteAnswer(Order order, bool hasJoined, Timestamp time)
    {
        if (order.Place.Answers == 0) return;      // nobody asked
        Waiting waiting = _waiting[order.Instrument.Index]!;
        order.Place.Answers--;
        waiting.Answers--;
        _open--;
        if (hasJoined) NoteJoined(waiting, order, time);
        if (waiting.IsIdle) waiting.Forget();
    }

    /// <summary>What was awaited of the order was told by other means than reports: nobody knows when it joined its queue.</summary>
    public void Forget(Order order)
    {
        if (order.Place.Answers == 0) return;
        NoteEnded(order);
        order.Place = default;
    }

    /// <summary>The order leaves the blotter: nothing more of it is awaited.</summary>
    public void NoteEnded(Order order)
    {
        bool isAwaited = order.Place.Knowledge == QueueKnowledge.Awaited;
        if (order.Place.Answers == 0 && !isAwaited) return;
        Waiting waiting = _waiting[order.Instrument.Index]!;
        waiting.Answers -= order.Place.Answers;
        _open -= order.Place.Answers;
        if (isAwaited && waiting.Awaited.Remove(order)) _open--;
        if (waiting.IsIdle) waiting.Forget();
    }

    /// <summary>The instrument's book was cleared or is being rebuilt: our orders stand behind all that its event brings.</summary>
    public void NoteRebuilt(InstrumentId instrument)
    {
        if ((uint)instrument.Index < (uint)_waiting.Length && _waiting[instrument.Index] is { IsRebuilt: false } waiting)
        {
            waiting.IsRebuilt = true;
            _open++;
        }
    }

    /// <summary>No answer about an order of the instrument is awaited: nothing is noted.</summary>
    internal bool IsIdle(InstrumentId instrument) =>
        (uint)instrument.Index >= (uint)_waiting.Length || _waiting[instrument.Index] is not { } waiting || waiting.IsIdle;

    /// <summary>Tape quantity ahead of the order in the engine's book: what the venue said until the tape has come to the moment at which the order joined. None
    /// when nobody knows: before the venue's answer, and after the place was lost.</summary>
    public Quantity Ahead(Order order)
    {
        OrderBook book = _books[order.Instrument];
        if (order.Place.Knowledge == QueueKnowledge.Awaited) return order.QueueAhead;
        if (order.Place.Knowledge != QueueKnowledge.Known || order.Place.Epoch != book.ArrivalEpoch) return Quantity.None;
        if (!book.TryLevel(order.Side, order.Price, out BookLevel level)) return Quantity.Zero;
        long behind = 0;
        foreach (QueuedOrder other in book.QueueAt(order.Side, order.Price))
            if (other.Arrival >= order.Place.Arrival) behind += other.Quantity.Nanos;
        return new Quantity(level.Quantity.Nanos - behind);
    }

    private void NoteEvent(Waiting waiting, InstrumentId instrument, Timestamp time)
    {
        OrderBook book = _books[instrument];
        if (waiting.Epoch != book.ArrivalEpoch) waiting.Renumber(book.ArrivalEpoch);
        if (waiting.IsRebuilt) PlaceBehindAll(waiting, book);
        if (waiting.IsIdle)
        {
            waiting.LastEvent = Timestamp.Max(waiting.LastEvent, time);
            return;
        }
        if (time > waiting.LastEvent) SettleAwaited(waiting, time);
        waiting.LastEvent = Timestamp.Max(waiting.LastEvent, time);
        if (waiting.IsIdle) waiting.Forget();
        else waiting.Note(waiting.LastEvent, book.NextArrival);
    }

    private void NoteJoined(Waiting waiting, Order order, Timestamp time)
    {
        bool isAwaited = order.Place.Knowledge == QueueKnowledge.Awaited;
        order.Place.Joined = time;
        order.Place.Knowledge = QueueKnowledge.Awaited;
        if (waiting.LastEvent > time)
        {
            if (isAwaited && waiting.Awaited.Remove(order)) _open--;
            Settle(waiting, order);
        }
        else if (!isAwaited)
        {
            waiting.Awaited.Add(order);
            _open++;
        }
    }

    private void PlaceBehindAll(Waiting waiting, OrderBook book)
    {
        for (Order? order = _blotter.First(book.Instrument); order is not null; order = order.Next)
        {
            if (order.Place.Knowledge != QueueKnowledge.Known) continue;
            order.Place.Arrival = book.NextArrival;
            order.Place.Epoch = waiting.Epoch;
        }
        waiting.Restart(book.NextArrival);
        _open--;
    }

    private void SettleAwaited(Waiting waiting, Timestamp time)
    {
        for (int i = waiting.Awaited.Count - 1; i >= 0; i--)
        {
            Order order = waiting.Awaited[i];
            if (order.Place.Joined >= time) continue;
            waiting.Awaited.RemoveAt(i);
            _open--;
            Settle(waiting, order);
        }
    }

    /// <summary>The tape has passed the moment at which the order joined.</summary>
    private void Settle(Waiting waiting, Order order)
    {
        bool isKnown = waiting.TryArrivalAt(order.Place.Joined, out uint arrival);
        order.Place.Knowledge = isKnown ? QueueKnowledge.Known : QueueKnowledge.None;
        order.Place.Arrival = arrival;
        order.Place.Epoch = waiting.Epoch;
    }

    /// <summary>What is remembered of one instrument while answers are awaited: a ring of (time of an event, next arrival after it).</summary>
    private sealed class Waiting
    {
        private readonly (Timestamp Time, uint Arrival)[] _notes = new (Timestamp, uint)[NotesMax];
        private int _count;
        private int _next;

        public int Answers { get; set; }
        public Timestamp LastEvent { get; set; } = Timestamp.Earliest;

        /// <summary>The book's epoch that the notes belong to.</summary>
        public int Epoch { get; private set; }
        public List<Order> Awaited { get; } = new(8);

        /// <summary>The book was rebuilt in the event that is open.</summary>
        public bool IsRebuilt { get; set; }

        public bool IsIdle => Answers == 0 && Awaited.Count == 0;

        public void Note(Timestamp time, uint arrival)
        {
            if (_count > 0 && _notes[Previous(_next)].Time == time)
            {
                _notes[Previous(_next)].Arrival = arrival;
                return;
            }
            _notes[_next] = (time, arrival);
            _next = (_next + 1) % NotesMax;
            _count = Math.Min(_count + 1, NotesMax);
        }

        public bool TryArrivalAt(Timestamp time, out uint arrival)
        {
            for (int i = 0, at = Previous(_next); i < _count; i++, at = Previous(at))
            {
                arrival = _notes[at].Arrival;
                if (_notes[at].Time <= time) return true;
            }
            arrival = 0;
            return false;
        }

        public void Forget() => _count = 0;

        /// <summary>The book gave all arrivals anew: what was noted before means nothing any more.</summary>
        public void Renumber(int epoch)
        {
            Epoch = epoch;
            _count = 0;
        }

        /// <summary>Whatever joined before the book was rebuilt has this place.</summary>
        public void Restart(uint arrival)
        {
            IsRebuilt = false;
            _count = 0;
            Note(Timestamp.Earliest, arrival);
        }

        private static int Previous(int at) => at == 0 ? NotesMax - 1 : at - 1;
    }
}
