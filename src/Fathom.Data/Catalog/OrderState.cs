using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Data.Catalog;

/// <summary>What packer and unpacker both know of the messages so far, so that of the next one only the difference has to be written: what rests in each slot, where each instrument's
/// prices were, and the times and sequence of the last message.</summary>
internal sealed unsafe class OrderState : IDisposable
{
    /// <summary>More slots than this are not leaned on: 512 MB of them.</summary>
    public const uint SlotsMax = 1 << 24;

    /// <summary>Instruments with a larger number are not leaned on.</summary>
    public const int InstrumentsMax = 1 << 20;

    /// <summary>A message may bring so many slots or instruments that were not named before: as slots are dense, more are a mistake, and memory would be asked for in vain.</summary>
    private const int NewPerMessage = 16;

    private nuint _slotCount, _instrumentCount;

    /// <summary>What rests in a slot, as the messages that named it said; slot 0 is whatever was said without one (levels).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Slot
    {
        public long Id;
        public long Price;
        public long Quantity;
        private long _reserved;
    }

    /// <summary>Last price by side, as the sides are numbered, and where messages of the instrument come from: 32 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Instrument
    {
        public long None, Buy, Sell;
        public ushort Source;
        private ushort _reserved0;
        private uint _reserved1;

        public long PriceOf(Side side) => side switch { Side.Buy => Buy, Side.Sell => Sell, _ => None };
    }

    public Slot* Slots { get; private set; }

    public Instrument* Instruments { get; private set; }

    public long ReceiveTime;
    /// <summary>Receive time − event time.</summary>
    public long Delay;
    public long LastId;
    public uint Sequence;
    public int SendDelta;
    public int LastInstrument;
    public byte Channel;

    /// <summary>Slots below this are leaned on.</summary>
    public uint SlotLimit { get; private set; } = 1;

    /// <summary>Instruments below this are leaned on.</summary>
    public int InstrumentLimit { get; private set; } = 1;

    /// <summary>How far slots may go in a block of so many messages.</summary>
    public uint SlotLimitMax(int messages) => (uint)Math.Min(SlotsMax, SlotLimit + (long)NewPerMessage * messages);

    /// <summary>How far instruments may go in a block of so many messages.</summary>
    public int InstrumentLimitMax(int messages) => (int)Math.Min(InstrumentsMax, InstrumentLimit + (long)NewPerMessage * messages);

    /// <summary>Knows nothing again.</summary>
    public void Reset()
    {
        (ReceiveTime, Delay, LastId, Sequence, SendDelta, LastInstrument, Channel) = (0, 0, 0, 0, 0, 0, 0);
        if (_slotCount > 0) NativeMemory.Clear(Slots, SlotLimit * (nuint)sizeof(Slot));
        if (_instrumentCount > 0) NativeMemory.Clear(Instruments, (nuint)InstrumentLimit * (nuint)sizeof(Instrument));
        (SlotLimit, InstrumentLimit) = (1, 1);
    }

    /// <summary>Room for slots and instruments below these numbers, each at most as the limits allow.</summary>
    public void Reserve(uint slots, int instruments)
    {
        (SlotLimit, InstrumentLimit) = (Math.Max(SlotLimit, slots), Math.Max(InstrumentLimit, instruments));
        if (SlotLimit > _slotCount) Slots = Grow(Slots, ref _slotCount, SlotLimit);
        if ((nuint)InstrumentLimit > _instrumentCount) Instruments = Grow(Instruments, ref _instrumentCount, (nuint)InstrumentLimit);
    }

    /// <summary>Takes note of a message that stands in the block as it is.</summary>
    public void Note(in MarketByOrder message)
    {
        int instrument = message.Header.Instrument.Index;
        if ((uint)instrument >= (uint)InstrumentLimit || message.SlotHint >= SlotLimit) return;
        ReceiveTime = message.Header.ReceiveTime.Nanos;
        Delay = unchecked(ReceiveTime - message.Header.EventTime.Nanos);
        Sequence = message.Sequence;
        SendDelta = message.SendDelta;
        Channel = message.Channel;
        LastInstrument = instrument;
        Instruments[instrument].Source = message.Header.Source;
        NotePrice(instrument, (int)message.Side, message.Price.Nanos);
        NoteOrder(message.SlotHint, message.Action, (long)message.OrderId, message.Price.Nanos, message.Quantity.Nanos);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NotePrice(int instrument, int side, long price)
    {
        if ((uint)side < 3) (&Instruments[instrument].None)[side] = price;
    }

    private void NoteOrder(uint slot, BookAction action, long id, long price, long quantity)
    {
        if (action == BookAction.Add) LastId = id;
        ref Slot known = ref Slots[slot];
        if (action is BookAction.Add or BookAction.Modify) (known.Id, known.Price, known.Quantity) = (id, price, quantity);
        else if (action == BookAction.Cancel) known.Quantity = unchecked(known.Quantity - quantity);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Slots);
        NativeMemory.AlignedFree(Instruments);
        Slots = null;
        Instruments = null;
        (_slotCount, _instrumentCount) = (0, 0);
    }

    private static T* Grow<T>(T* items, ref nuint count, nuint needed) where T : unmanaged
    {
        nuint grown = Math.Max(Math.Max(needed, 2 * count), 1024);
        var larger = (T*)NativeMemory.AlignedAlloc(grown * (nuint)sizeof(T), 64);
        if (count > 0) NativeMemory.Copy(items, larger, count * (nuint)sizeof(T));
        NativeMemory.Clear(larger + count, (grown - count) * (nuint)sizeof(T));
        NativeMemory.AlignedFree(items);
        count = grown;
        return larger;
    }
}
