using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>The orders of one level in the order of their priority; enumerate with foreach, which allocates nothing. Valid until the book's next message.</summary>
public readonly struct OrderQueue
{
    private readonly OrderPool _pool;
    private readonly uint _head;

    internal OrderQueue(OrderPool pool, uint head)
    {
        _pool = pool;
        _head = head;
    }

    public Enumerator GetEnumerator() => new(_pool, _head);

    /// <summary>Walks from the head to the tail; valid until the book changes.</summary>
    public unsafe struct Enumerator
    {
        private readonly OrderPool _pool;
        private uint _next;
        private uint _current;

        internal Enumerator(OrderPool pool, uint head)
        {
            _pool = pool;
            _next = head;
        }

        public readonly QueuedOrder Current
        {
            get
            {
                OrderSlot* slot = _pool.Slots + _current;
                return new QueuedOrder(slot->Id, new Quantity(slot->Quantity), slot->Arrival);
            }
        }

        public bool MoveNext()
        {
            _current = _next;
            if (_current == 0) return false;
            _next = _pool.Slots[_current].Next;
            return true;
        }
    }
}
