using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>
/// Watches that requests are answered in time. Each kind of request waits equally long, so that what was sent first is due first: three lines, of which only the heads are looked at.
/// What was answered meanwhile is dropped when it comes to the head; orders tell by the request's approval number, which is given once, so that a reused order cannot be mistaken for the one that it was.
/// </summary>
internal sealed class RequestWatch(RecoveryOptions options)
{
    private readonly Line _submissions = new(CommandKind.Submit, options.CreationTimeout);
    private readonly Line _cancels = new(CommandKind.Cancel, options.CancelTimeout);
    private readonly Line _replacements = new(CommandKind.Replace, options.ReplaceTimeout);

    public void NoteSubmitted(Order order, Timestamp clock) => _submissions.Add(order, clock);

    public void NoteCancelSent(Order order, Timestamp clock) => _cancels.Add(order, clock);

    public void NoteReplaceSent(Order order, Timestamp clock) => _replacements.Add(order, clock);

    /// <summary>When an unanswered request of an order is due; None where it is not watched.</summary>
    public Timestamp DueOf(Order order, CommandKind kind) => LineOf(kind).DueOf(order);

    /// <summary>Goes on watching a request of an earlier session. Those of one kind come in the order in which they are due.</summary>
    public void Restore(Order order, CommandKind kind, Timestamp due) => LineOf(kind).Add(order, due, default);

    private Line LineOf(CommandKind kind) => kind == CommandKind.Submit ? _submissions : kind == CommandKind.Cancel ? _cancels : _replacements;

    /// <summary>When the first request that is unanswered now is due; None without one.</summary>
    public Timestamp Next => Timestamp.Min(_submissions.Next, Timestamp.Min(_cancels.Next, _replacements.Next));

    /// <summary>Takes an order of which a request is due and unanswered.</summary>
    public bool TryTake(Timestamp now, out Order order)
    {
        Line first = _submissions;
        if (_cancels.Next < first.Next) first = _cancels;
        if (_replacements.Next < first.Next) first = _replacements;
        bool isDue = first.Next <= now;
        order = isDue ? first.Take() : null!;
        return isDue;
    }

    private readonly record struct Entry(Order Order, long Approval, Timestamp Due);

    private sealed class Line(CommandKind kind, Duration timeout)
    {
        private Entry[] _entries = new Entry[64];
        private int _first;
        private int _count;

        public Timestamp Next
        {
            get
            {
                while (_count > 0 && !IsOpen(in _entries[_first])) Drop();
                return _count == 0 ? Timestamp.None : _entries[_first].Due;
            }
        }

        public Timestamp DueOf(Order order)
        {
            for (int i = 0; i < _count; i++)
                if (_entries[(_first + i) & (_entries.Length - 1)] is var entry && entry.Order == order && IsOpen(in entry)) return entry.Due;
            return Timestamp.None;
        }

        public void Add(Order order, Timestamp clock) => Add(order, clock, timeout);

        public void Add(Order order, Timestamp clock, Duration wait)
        {
            if (_count == _entries.Length) Grow();
            _entries[(_first + _count++) & (_entries.Length - 1)] = new Entry(order, order.RequestOf(kind).Approval, clock + wait);
        }

        public Order Take()
        {
            Order order = _entries[_first].Order;
            Drop();
            return order;
        }

        /// <summary>Of an unknown order it does not matter any more: its doubt is looked after already.</summary>
        private bool IsOpen(in Entry entry)
        {
            ref readonly OpenRequest request = ref entry.Order.RequestOf(kind);
            return request.IsOpen && request.Approval == entry.Approval && !entry.Order.IsInDoubt;
        }

        private void Drop()
        {
            _first = (_first + 1) & (_entries.Length - 1);
            _count--;
        }

        private void Grow()
        {
            Entry[] larger = new Entry[_entries.Length * 2];
            for (int i = 0; i < _count; i++) larger[i] = _entries[(_first + i) & (_entries.Length - 1)];
            (_entries, _first) = (larger, 0);
        }
    }
}
