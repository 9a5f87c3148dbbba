using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Domain.Values;

namespace Fathom.Data.Catalog;

/// <summary>
/// Packs market-by-order messages whose orders were resolved to slots (<see cref="SlotResolver"/>) into a fourth of their bytes or less.
/// <para>
/// A cancel names an order that was added before: its id, price and quantity are known, and so is the slot, in two bytes. So of each message twelve small numbers are written, most of them zero:
/// the differences from what the slot, the instrument's last prices and the last message foretell.
/// </para>
/// <code>
///   what it does, slot, receive time, rare flags and channel │ id, price, quantity, delay │ sequence, send delta, instrument, –
///                    control byte, bytes                           control byte, bytes             control byte, bytes
/// </code>
/// <para>Numbers stand in 0, 1, 2 or 4 bytes (<see cref="ByteLanes"/>); prices and quantities in units of the block's common divisor. What does not fit, and every other kind of message, stands behind
/// them as it is, packed by <see cref="MessagePacking"/>. Every content of whole messages comes back, to the byte, slot hints included.</para>
/// <para>Blocks lean on the blocks before them, from <see cref="Begin"/> on; more instruments or slots than its messages can have brought are refused. Unpacking believes nothing: bytes that are no packed block are refused or come out as another content; nothing
/// beyond what was handed over is read or written.</para>
/// </summary>
/// <remarks>One way at a time, and not for several threads.</remarks>
internal sealed unsafe class OrderPacking : ICompressor, IDisposable
{
    private const int Size = 64, Groups = 3, Lanes = 4 * Groups;
    private const int ReadPast = Groups * ByteLanes.LengthMax;
    private const uint Escape = 0xFF;
    private const ushort Ordinary = (ushort)MessageType.MarketByOrder | Size / 8 << 8;
    private const int PricesLookedAt = 1024;
    private const int Batch = 128;

    private readonly OrderState _state = new();
    private readonly MessagePacking _others = new();
    private byte[] _escaped = [], _controls = [], _bytes = [];

    /// <summary>What stands at the beginning of a block.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Head
    {
        public int Messages, ByteLength, EscapedLength, EscapedStored;
        public long PriceUnit, QuantityUnit;
        public uint SlotLimit;
        public int InstrumentLimit;
    }

    public void Begin() => _state.Reset();

    public bool TryCompress(ReadOnlySpan<byte> content, Span<byte> to, out int length)
    {
        length = 0;
        if (!Messages.TryCount(content, out int count)) return false;
        Reserve(ref _controls, Groups * count);
        Reserve(ref _bytes, Lanes * sizeof(uint) * count + ReadPast);
        Reserve(ref _escaped, content.Length);
        Head head = Survey(content, count);
        _state.Reserve(head.SlotLimit, head.InstrumentLimit);
        Pack(content, ref head);
        int escaped = head.EscapedLength == 0 ? 0 : PackEscaped(ref head);
        int whole = sizeof(Head) + Groups * count + head.ByteLength + ReadPast + escaped;
        if (whole > to.Length) return false;
        MemoryMarshal.Write(to, in head);
        Span<byte> rest = to[sizeof(Head)..];
        _controls.AsSpan(0, Groups * count).CopyTo(rest);
        rest = rest[(Groups * count)..];
        _bytes.AsSpan(0, head.ByteLength).CopyTo(rest);
        rest.Slice(head.ByteLength, ReadPast).Clear();
        (head.EscapedStored == head.EscapedLength ? _escaped : _bytes.AsSpan(head.ByteLength)).Slice(0, escaped).CopyTo(rest[(head.ByteLength + ReadPast)..]);
        length = whole;
        return true;
    }

    public bool TryDecompress(ReadOnlySpan<byte> stored, Span<byte> to)
    {
        if (stored.Length < sizeof(Head)) return false;
        Head head = MemoryMarshal.Read<Head>(stored);
        long controls = (long)Groups * head.Messages, expected = sizeof(Head) + controls + head.ByteLength + ReadPast + head.EscapedStored;
        bool isPossible = head is { Messages: > 0, ByteLength: >= 0, EscapedLength: >= 0, EscapedStored: >= 0, InstrumentLimit: > 0, SlotLimit: > 0 } &&
            head.SlotLimit <= _state.SlotLimitMax(head.Messages) && head.InstrumentLimit <= _state.InstrumentLimitMax(head.Messages) && head.EscapedStored <= head.EscapedLength && head.EscapedLength <= to.Length && expected == stored.Length;
        if (!isPossible || !TryUnpackEscaped(stored[^head.EscapedStored..], in head)) return false;
        _state.Reserve(head.SlotLimit, head.InstrumentLimit);
        fixed (byte* from = stored, escaped = _escaped, target = to)
        {
            byte* control = from + sizeof(Head);
            return Unpack(control, control + controls, in head, escaped, target, target + to.Length);
        }
    }

    public void Dispose() => _state.Dispose();

    // ---- packing

    /// <summary>Looks at all messages once: how far slots and instruments go, and what prices and quantities are multiples of.</summary>
    private Head Survey(ReadOnlySpan<byte> content, int count)
    {
        Head head = new() { Messages = count, SlotLimit = 1, InstrumentLimit = 1 };
        uint slotLimit = _state.SlotLimitMax(count), instrumentLimit = (uint)_state.InstrumentLimitMax(count);
        int looked = 0;
        for (; !content.IsEmpty; content = content[Messages.Header(content).Length..])
        {
            if (!IsOrdinary(content)) continue;
            ref readonly MarketByOrder message = ref Messages.As<MarketByOrder>(content);
            if ((uint)message.Header.Instrument.Index >= instrumentLimit || message.SlotHint >= slotLimit) continue;
            head.SlotLimit = Math.Max(head.SlotLimit, message.SlotHint + 1);
            head.InstrumentLimit = Math.Max(head.InstrumentLimit, message.Header.Instrument.Index + 1);
            if (message.Price.IsNone || ++looked > PricesLookedAt) continue;
            head.PriceUnit = DivisorOf(head.PriceUnit, message.Price.Nanos);
            head.QuantityUnit = DivisorOf(head.QuantityUnit, message.Quantity.Nanos);
        }
        (head.PriceUnit, head.QuantityUnit) = (Math.Max(head.PriceUnit, 1), Math.Max(head.QuantityUnit, 1));
        return head;
    }

    private static long DivisorOf(long one, long other)
    {
        if (one != 0 && other % one == 0) return one;
        if (other == long.MinValue) return 1;
        for (other = Math.Abs(other); other != 0;) (one, other) = (other, one % other);
        return one;
    }

    private void Pack(ReadOnlySpan<byte> content, ref Head head)
    {
        int at = 0, bytes = 0, escaped = 0;
        Span<uint> lanes = stackalloc uint[Lanes];
        for (; !content.IsEmpty; at++)
        {
            int length = Messages.Header(content).Length;
            bool isPacked = IsOrdinary(content) && TryForetell(in Messages.As<MarketByOrder>(content), in head, lanes);
            if (!isPacked)
            {
                lanes.Clear();
                lanes[0] = Escape;
                content[..length].CopyTo(_escaped.AsSpan(escaped));
                escaped += length;
            }
            if (IsOrdinary(content)) _state.Note(in Messages.As<MarketByOrder>(content));
            for (int group = 0; group < Groups; group++)
            {
                int control = 0;
                for (int lane = 0; lane < 4; lane++)
                {
                    uint number = lanes[4 * group + lane];
                    int code = ByteLanes.CodeOf(number);
                    control |= code << (2 * lane);
                    MemoryMarshal.Write(_bytes.AsSpan(bytes), in number);
                    bytes += ByteLanes.LengthOf(code);
                }
                _controls[Groups * at + group] = (byte)control;
            }
            content = content[length..];
        }
        (head.ByteLength, head.EscapedLength) = (bytes, escaped);
    }

    /// <summary>The message as differences from what is known; false where they are too large, or it is unlike all others.</summary>
    private bool TryForetell(in MarketByOrder message, in Head head, Span<uint> lanes)
    {
        uint slot = message.SlotHint;
        int instrument = message.Header.Instrument.Index;
        if (slot >= head.SlotLimit || (uint)instrument >= (uint)head.InstrumentLimit || message.Price.IsNone || !OrderCode.TryOf(in message, out uint code)) return false;
        ref OrderState.Instrument known = ref _state.Instruments[instrument];
        if (message.Header.Source != known.Source) return false;
        OrderState.Slot rests = _state.Slots[slot];
        OrderCode does = OrderCode.All[code];
        long id = does.IsAdd != 0 ? _state.LastId : rests.Id, price = does.IsNew != 0 ? known.PriceOf(message.Side) : rests.Price, quantity = does.IsNew != 0 ? 0 : rests.Quantity;
        long receive = message.Header.ReceiveTime.Nanos, delay = unchecked(receive - message.Header.EventTime.Nanos), passed = unchecked(receive - _state.ReceiveTime);
        lanes[0] = code;
        lanes[1] = slot;
        lanes[2] = (uint)passed;
        lanes[3] = (uint)(message.Flags & ~BookFlags.Last) | (uint)(message.Channel ^ _state.Channel) << 8;
        lanes[11] = 0;
        return passed is >= 0 and <= uint.MaxValue
            && TryFold(unchecked((long)message.OrderId - id), 1, out lanes[4])
            && TryFold(unchecked(message.Price.Nanos - price), head.PriceUnit, out lanes[5])
            && TryFold(unchecked(message.Quantity.Nanos - quantity), head.QuantityUnit, out lanes[6])
            && TryFold(unchecked(delay - _state.Delay), 1, out lanes[7])
            && TryFold(unchecked((int)(message.Sequence - _state.Sequence)), 1, out lanes[8])
            && TryFold(unchecked(message.SendDelta - _state.SendDelta), 1, out lanes[9])
            && TryFold(instrument - _state.LastInstrument, 1, out lanes[10]);
    }

    /// <summary>Signs folded (0, −1, 1, −2, 2 … are 0, 1, 2, 3, 4 …), in units.</summary>
    private static bool TryFold(long difference, long unit, out uint folded)
    {
        long units = difference / unit;
        folded = (uint)(units << 1 ^ units >> 63);
        return units is >= int.MinValue and <= int.MaxValue && units * unit == difference;
    }

    /// <returns>Bytes that it takes; behind the packed numbers where that is shorter.</returns>
    private int PackEscaped(ref Head head)
    {
        Reserve(ref _bytes, head.ByteLength + head.EscapedLength, keep: true);
        bool isShorter = _others.TryCompress(_escaped.AsSpan(0, head.EscapedLength), _bytes.AsSpan(head.ByteLength, head.EscapedLength - 1), out int length);
        return head.EscapedStored = isShorter ? length : head.EscapedLength;
    }

    // ---- unpacking

    private bool TryUnpackEscaped(ReadOnlySpan<byte> stored, in Head head)
    {
        Reserve(ref _escaped, head.EscapedLength);
        Span<byte> escaped = _escaped.AsSpan(0, head.EscapedLength);
        if (stored.Length == escaped.Length) stored.CopyTo(escaped);
        else if (!_others.TryDecompress(stored, escaped)) return false;
        return Messages.TryCount(escaped, out _);
    }

    /// <summary>The numbers of one message, unfolded.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Numbers
    {
        public uint Code, Slot, Passed, Rare;
        public int Id, Price, Quantity, Delay;
        public int Sequence, SendDelta, Instrument, Unused;
    }

    /// <summary>Goes through the messages in batches that stay in the nearest cache, each in two loops: in one all of it fits no processor's registers.</summary>
    private bool Unpack(byte* control, byte* bytes, in Head head, byte* escaped, byte* target, byte* targetEnd)
    {
        byte* bytesEnd = bytes + head.ByteLength, escapedEnd = escaped + head.EscapedLength;
        Numbers* numbers = stackalloc Numbers[Batch];
        for (int left = head.Messages, count; left > 0; left -= count, control += Groups * count)
        {
            count = Math.Min(left, Batch);
            bytes = Spread(control, count, bytes, bytesEnd, numbers);
            if (bytes == null) return false;
            for (int from = 0; from < count;)
            {
                from += Restore(numbers + from, count - from, in head, ref target, targetEnd);
                if (from == count) break;
                if (numbers[from++].Code != Escape || escaped == escapedEnd || !TryCopyEscaped(ref escaped, ref target, targetEnd)) return false;
            }
        }
        return bytes == bytesEnd && escaped == escapedEnd && target == targetEnd;
    }

    /// <summary>A message that stands in the block as it is.</summary>
    private bool TryCopyEscaped(ref byte* escaped, ref byte* target, byte* targetEnd)
    {
        int length = ((MessageHeader*)escaped)->Length;
        if (length > targetEnd - target) return false;
        Unsafe.CopyBlockUnaligned(target, escaped, (uint)length);
        if (*(ushort*)escaped == Ordinary) _state.Note(in *(MarketByOrder*)escaped);
        target += length;
        escaped += length;
        return true;
    }

    /// <summary>Puts the numbers of some messages in their places.</summary>
    /// <returns>Where the bytes of the next message begin; null: beyond the end.</returns>
    private static byte* Spread(byte* control, int count, byte* bytes, byte* bytesEnd, Numbers* numbers)
    {
        byte* lengths = ByteLanes.Lengths;
        Vector128<byte>* places = ByteLanes.Places;
        for (Numbers* end = numbers + count; numbers < end; numbers++, control += Groups)
        {
            byte* second = bytes + lengths[control[0]], third = second + lengths[control[1]];
            Place(bytes, places + control[0]).Store(&numbers->Code);
            Unfold(Place(second, places + control[1])).Store(&numbers->Id);
            Unfold(Place(third, places + control[2])).Store(&numbers->Sequence);
            bytes = third + lengths[control[2]];
            if (bytes > bytesEnd) return null;
        }
        return bytes;
    }

    /// <summary>The hot loop: what <see cref="TryForetell"/> took away is added again, up to a message that stands in the block as it is.</summary>
    /// <remarks>Adds and cancels follow each other like the faces of a coin, so nothing branches on what a message does: a table has the masks.</remarks>
    /// <returns>Messages that came back.</returns>
    private int Restore(Numbers* first, int count, in Head head, ref byte* targetAt, byte* targetEnd)
    {
        OrderState state = _state;
        OrderState.Slot* slots = state.Slots;
        OrderCode* codes = OrderCode.All;
        uint slotLimit = head.SlotLimit, instrumentLimit = (uint)head.InstrumentLimit;
        long priceUnit = head.PriceUnit, quantityUnit = head.QuantityUnit;
        long receive = state.ReceiveTime, delay = state.Delay, lastId = state.LastId;
        int sequence = (int)state.Sequence, sendDelta = state.SendDelta, instrument = state.LastInstrument;
        uint channel = state.Channel;
        byte* target = targetAt;
        Numbers* at = first, end = first + count;

        for (; at < end; at++, target += Size)
        {
            if (at->Code >= OrderCode.Count) break;
            uint slot = at->Slot;
            instrument += at->Instrument;
            if (slot >= slotLimit || (uint)instrument >= instrumentLimit || target == targetEnd) break;
            OrderCode* does = codes + at->Code;
            OrderState.Slot* rests = slots + slot;
            OrderState.Instrument* known = state.Instruments + instrument;
            long* lastPrice = (long*)((byte*)known + does->PriceAt);
            long id = Choose(does->IsAdd, lastId, rests->Id) + at->Id;
            long price = Choose(does->IsNew, *lastPrice, rests->Price) + at->Price * priceUnit;
            long quantity = (rests->Quantity & ~does->IsNew) + at->Quantity * quantityUnit;
            sequence += at->Sequence;
            sendDelta += at->SendDelta;
            delay += at->Delay;
            receive += at->Passed;
            channel ^= at->Rare >> 8 & 0xFF;

            var to = (long*)target;
            to[0] = (long)(Ordinary | (ulong)known->Source << 16 | (ulong)(uint)instrument << 32);
            to[1] = receive - delay;
            to[2] = receive;
            to[3] = id;
            to[4] = price;
            to[5] = quantity;
            to[6] = (long)(does->Word | at->Rare & 0x7F | channel << 24 | (ulong)(uint)sequence << 32);
            to[7] = (long)((uint)sendDelta | (ulong)slot << 32);

            *lastPrice = price;
            lastId = Choose(does->IsAdd, id, lastId);
            rests->Id = Choose(does->IsStated, id, rests->Id);
            rests->Price = Choose(does->IsStated, price, rests->Price);
            rests->Quantity = Choose(does->IsStated, quantity, rests->Quantity - (quantity & does->IsCancel));
        }
        targetAt = target;
        (state.ReceiveTime, state.Delay, state.LastId, state.Channel) = (receive, delay, lastId, (byte)channel);
        (state.Sequence, state.SendDelta, state.LastInstrument) = ((uint)sequence, sendDelta, instrument);
        return (int)(at - first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Place(byte* bytes, Vector128<byte>* places)
    {
        Vector128<byte> all = Vector128.Load(bytes);
        return (Ssse3.IsSupported ? Ssse3.Shuffle(all, *places) : Vector128.Shuffle(all, *places)).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Unfold(Vector128<uint> folded) => ((folded >>> 1) ^ (Vector128<uint>.Zero - (folded & Vector128<uint>.One))).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Choose(long mask, long yes, long no) => no ^ ((yes ^ no) & mask);

    private static bool IsOrdinary(ReadOnlySpan<byte> message) => MemoryMarshal.Read<ushort>(message) == Ordinary;

    private static void Reserve(ref byte[] buffer, int length, bool keep = false)
    {
        if (length <= buffer.Length && buffer.Length > 0) return;
        byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Max(length, 1024), pinned: true);
        if (keep) buffer.CopyTo(larger, 0);
        buffer = larger;
    }
}
