using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>What is going to happen at a time, whatever else does.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Item, (long Due, long Order)> _items = new();
    private long _order;

    internal enum Act : byte { None, Connect, Rearm, Resume, Reopen, ChangeBehindOurBack }

    internal readonly record struct Item(Act Act, InstrumentId Instrument, long Amount);

    public int Count => _items.Count;

    public Timestamp Due => _items.TryPeek(out _, out (long Due, long Order) key) ? new Timestamp(key.Due) : Timestamp.None;

    public void Add(Timestamp due, Act act, InstrumentId instrument = default, long amount = 0) => _items.Enqueue(new Item(act, instrument, amount), (due.Nanos, ++_order));

    public Item Take() => _items.Dequeue();
}
