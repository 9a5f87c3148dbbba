namespace Fathom.Engine.Orders;

/// <summary>The live orders of one strategy in one instrument, oldest first; for <c>foreach</c>, without allocation.</summary>
public readonly ref struct WorkingOrders
{
    private readonly Order? _first;
    private readonly ushort _strategy;

    internal WorkingOrders(Order? first, ushort strategy)
    {
        _first = first;
        _strategy = strategy;
    }

    public Enumerator GetEnumerator() => new(_first, _strategy);

    /// <summary>Walks from the oldest to the newest; valid until an order changes.</summary>
    public ref struct Enumerator
    {
        private readonly ushort _strategy;
        private Order? _next;
        private Order? _current;

        internal Enumerator(Order? first, ushort strategy)
        {
            _next = first;
            _strategy = strategy;
        }

        public readonly WorkingOrder Current => WorkingOrder.Of(_current!);

        public bool MoveNext()
        {
            do
            {
                _current = _next;
                _next = _current?.Next;
            }
            while (_current is not null && _current.Strategy != _strategy);
            return _current is not null;
        }
    }
}
