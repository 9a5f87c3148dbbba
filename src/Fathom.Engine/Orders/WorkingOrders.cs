using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>The live orders of one strategy in one instrument, oldest first; for <c>foreach</c>, without allocation.</summary>
public readonly ref struct WorkingOrders
{
    private readonly Order? _first;
    private readonly ushort _strategy;
    private readonly InstrumentId _instrument;

    internal WorkingOrders(Order? first, ushort strategy, InstrumentId instrument)
    {
        _first = first;
        _strategy = strategy;
        _instrument = instrument;
    }

    public Enumerator GetEnumerator() => new(_first, _strategy, _instrument);

    public ref struct Enumerator
    {
        private readonly ushort _strategy;
        private readonly InstrumentId _instrument;
        private Order? _next;
        private Order? _current;

        internal Enumerator(Order? first, ushort strategy, InstrumentId instrument)
        {
            _next = first;
            _strategy = strategy;
            _instrument = instrument;
        }

        public readonly WorkingOrder Current => WorkingOrder.Of(_current!);

        public bool MoveNext()
        {
            do
            {
                _current = _next;
                _next = _current?.Next;
            }
            while (_current is not null && (_current.Strategy != _strategy || _current.Instrument != _instrument));
            return _current is not null;
        }
    }
}
