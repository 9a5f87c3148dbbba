using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>The orders of one level in the order of their priority; enumerate with foreach, which allocates nothing. Valid until the book's next message.</summary>
public readonly struct OrderQueue
{
    private readonly LinkedList<PlainOrder>? _queue;

    internal OrderQueue(LinkedList<PlainOrder>? queue) => _queue = queue;

    public Enumerator GetEnumerator() => new(_queue);

    public struct Enumerator
    {
        private LinkedListNode<PlainOrder>? _next;
        private PlainOrder? _current;

        internal Enumerator(LinkedList<PlainOrder>? queue) => _next = queue?.First;

        public readonly QueuedOrder Current => new(_current!.Id, new Quantity(_current.Quantity), _current.Arrival);

        public bool MoveNext()
        {
            _current = _next?.Value;
            _next = _next?.Next;
            return _current is not null;
        }
    }
}
