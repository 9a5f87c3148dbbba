using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Limits;

/// <summary>Remembers the orders that left within a window, to find the same one again. They stand in a ring in order of time, and in chains by a hash of what makes them the same.</summary>
internal sealed class DuplicateGuard(Duration window)
{
    private const int StartLength = 64;      // a power of two, as every length

    private Entry[] _entries = new Entry[StartLength];
    private int[] _heads = NewHeads(StartLength);
    private long _oldest, _next;      // running numbers; a number's place is its rest by the length

    /// <summary>When the same order left last within the window; None when it did not.</summary>
    public Timestamp Last(in OrderCommand command)
    {
        Timestamp clock = command.Header.EventTime;
        Forget(clock);
        Key key = Key.Of(in command);
        Timestamp last = Timestamp.None;
        for (int at = _heads[Head(key)]; at >= 0; at = _entries[at].Next)
            if (_entries[at].Key == key && (last.IsNone || _entries[at].Time > last)) last = _entries[at].Time;
        return last;
    }

    /// <summary>A new order leaves. Times do not go back.</summary>
    public void Note(in OrderCommand command)
    {
        Forget(command.Header.EventTime);
        if (_next - _oldest == _entries.Length) Grow();
        Add(new Entry { Key = Key.Of(in command), Time = command.Header.EventTime });
    }

    private void Forget(Timestamp clock)
    {
        while (_oldest < _next && clock - _entries[_oldest & (_entries.Length - 1)].Time >= window)
        {
            int at = (int)(_oldest++ & (_entries.Length - 1));
            ref int link = ref _heads[Head(_entries[at].Key)];
            while (link != at) link = ref _entries[link].Next;
            link = _entries[at].Next;
        }
    }

    private void Add(Entry entry)
    {
        int at = (int)(_next++ & (_entries.Length - 1));
        ref int head = ref _heads[Head(entry.Key)];
        entry.Next = head;
        _entries[at] = entry;
        head = at;
    }

    private void Grow()
    {
        Entry[] before = _entries;
        long from = _oldest, to = _next;
        _entries = new Entry[before.Length * 2];
        _heads = NewHeads(before.Length * 2);
        (_oldest, _next) = (0, 0);
        for (long number = from; number < to; number++) Add(before[number & (before.Length - 1)]);
    }

    private int Head(Key key) => key.Hash & (_heads.Length - 1);

    private static int[] NewHeads(int length)
    {
        int[] heads = new int[length];
        Array.Fill(heads, -1);
        return heads;
    }

    private readonly record struct Key(ushort Strategy, int Instrument, Side Side, OrderType Type, Price Price, Quantity Quantity)
    {
        public static Key Of(in OrderCommand command) => new(command.Output.Strategy, command.Header.Instrument.Index, command.Side, command.Type, command.Price, command.Quantity);

        public int Hash
        {
            get
            {
                ulong mixed = (ulong)Price.Nanos * 0x9E37_79B9_7F4A_7C15 ^ (ulong)Quantity.Nanos * 0xC2B2_AE3D_27D4_EB4F ^ (ulong)((Strategy << 24) ^ Instrument ^ ((int)Side << 30)) * 0x1656_67B1_9E37_79F9;
                return (int)((mixed ^ (mixed >> 29)) * 0xBF58_476D_1CE4_E5B9 >> 33);
            }
        }
    }

    private struct Entry
    {
        public Key Key;
        public Timestamp Time;
        public int Next;
    }
}
