using System.Runtime.InteropServices;
using Fathom.Domain.Messages;

namespace Fathom.Data.Catalog;

/// <summary>Gives each resting order a small number, its slot, for as long as it rests, and writes it into the messages that name the order (<see cref="MarketByOrder.SlotHint"/>).</summary>
/// <remarks>Slots are 1, 2, 3 …; the one that was freed last is taken first, so that there are as many as orders ever rested at once. What an order is follows the books' rules: an add of an id that
/// rests is another order, a modify of an unknown one adds it, a clear frees all of the instrument. A hint promises nothing: whoever uses it looks whether the order is there.</remarks>
internal sealed class SlotResolver
{
    private readonly Dictionary<(int Instrument, ulong Id), Resting> _orders = [];
    private readonly Stack<uint> _free = new();
    private uint _fresh = 1;

    /// <summary>Orders that rest now.</summary>
    public int Count => _orders.Count;

    private record struct Resting(uint Slot, long Quantity);

    /// <summary>Writes the slots into whole messages, back to back.</summary>
    public void Resolve(Span<byte> messages)
    {
        for (; !messages.IsEmpty; messages = messages[Messages.Header(messages).Length..])
            if (Messages.Header(messages).Type == MessageType.MarketByOrder) Resolve(ref MemoryMarshal.AsRef<MarketByOrder>(messages));
    }

    private void Resolve(ref MarketByOrder message)
    {
        message.SlotHint = 0;
        int instrument = message.Header.Instrument.Index;
        if (message.Action == BookAction.Clear) Clear(instrument);
        if ((message.Flags & (BookFlags.Aggregated | BookFlags.TopOfBook)) != 0) return;
        (int, ulong) key = (instrument, message.OrderId);
        switch (message.Action)
        {
            case BookAction.Add or BookAction.Modify when message.Quantity.IsPositive && !message.Quantity.IsNone && !message.Price.IsNone:
                uint slot = _orders.TryGetValue(key, out Resting known) ? known.Slot : Take();
                _orders[key] = new Resting(message.SlotHint = slot, message.Quantity.Nanos);
                break;
            case BookAction.Cancel or BookAction.Fill or BookAction.Modify when _orders.TryGetValue(key, out Resting rests):
                message.SlotHint = rests.Slot;
                long left = message.Action == BookAction.Fill ? rests.Quantity : message.Action == BookAction.Modify ? 0 : rests.Quantity - Math.Max(message.Quantity.Nanos, 0);
                if (left > 0) _orders[key] = rests with { Quantity = left };
                else Free(key, rests.Slot);
                break;
        }
    }

    private uint Take() => _free.TryPop(out uint slot) ? slot : _fresh++;

    private void Free((int, ulong) key, uint slot)
    {
        _orders.Remove(key);
        _free.Push(slot);
    }

    private void Clear(int instrument)
    {
        List<(int, ulong)> gone = [.. _orders.Keys.Where(key => key.Instrument == instrument)];
        foreach ((int, ulong) key in gone) Free(key, _orders[key].Slot);
    }
}
