using System.Runtime.CompilerServices;
using Fathom.Data.Dbn.Records;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Data.Dbn;

/// <summary>
/// Translates DBN records into Fathom messages: bytes in, bytes out, no I/O.
///
/// The loop is written for market-by-order records, which are nearly everything: the first two bytes of a record are compared with "MBO of the usual
/// length", the instrument with that of the record before, and then 56 bytes become 64 by a handful of unaligned loads, two table look-ups and aligned
/// stores. Everything else (other record types, a new instrument, a time outside a mapping's interval, times that are not stated) leaves the loop
/// through one cold method. Records stand unaligned in files, so nothing is ever cast in place.
///
/// Kinds without a use for the engine yet are skipped and counted; unknown kinds are skipped by their length and counted.
/// </summary>
public sealed unsafe class DbnDecoder
{
    private const int MessageLength = 64;
    private const int RoomForRare = 176 + MessageLength;      // a definition and the message that it precedes
    private const ulong MboPrefix = (ulong)MessageType.MarketByOrder | MessageLength / 8 << 8;

    private readonly string _file;
    private readonly InstrumentRegistry _registry;
    private readonly SymbolMap _symbols;
    private readonly DbnInstrumentFilter _filter;
    private readonly DbnRouteTable _routes = new();
    private readonly long[] _counts = new long[256];
    private readonly long _start;
    private readonly long _end;
    private TradingState[] _states = new TradingState[16];
    private long _registryVersion;
    private long _lastReceiveTime;
    private uint _mboHead;

    /// <param name="file">Name for messages.</param>
    /// <param name="header">The file's, or that of a fragment.</param>
    /// <param name="registry">Gives the ids; may be shared by several decoders whose outputs are merged.</param>
    /// <param name="options">Time range and instruments.</param>
    public DbnDecoder(string file, DbnHeader header, InstrumentRegistry registry, DbnReadOptions options)
    {
        _file = file;
        _registry = registry;
        _symbols = DbnSymbols.From(header);
        _filter = new DbnInstrumentFilter(options.Instruments);
        _start = options.Start.Nanos;
        _end = Math.Max(options.Start.Nanos, options.End.Nanos);      // an end before the start leaves nothing
        SetMboLength(MboRecord.Length + (header.HasSendTimes ? 8 : 0));
    }

    /// <summary>Records met so far, by type; skipped ones included.</summary>
    public ReadOnlySpan<long> CountsByType => _counts;

    /// <summary>Market-by-order records that did not belong to the wanted instruments or times.</summary>
    public long Unwanted { get; private set; }

    /// <summary>Records of a known type whose length is none of its layouts'; skipped.</summary>
    public long UnknownLayouts { get; private set; }

    /// <summary>At most a hundred symbols that were met and not wanted.</summary>
    public IReadOnlyCollection<string> OtherInstruments => _filter.Others;

    /// <summary>Translates as many whole records as there are bytes and room for.</summary>
    /// <param name="input">Records back to back, beginning with a whole one.</param>
    /// <param name="offset">Where the input stands in the (uncompressed) file, for messages.</param>
    /// <param name="output">At least <see cref="Messages.LengthMax"/> bytes.</param>
    /// <param name="consumed">Bytes of the input that are done with.</param>
    /// <param name="written">Bytes of whole messages in the output.</param>
    /// <returns>True when there may be more to do with this input once the output is emptied; false when the rest is not a whole record.</returns>
    /// <exception cref="InputException">A record's length cannot be.</exception>
    public bool Decode(ReadOnlySpan<byte> input, long offset, Span<byte> output, out int consumed, out int written)
    {
        (consumed, written) = (0, 0);
        if (input.IsEmpty) return false;
        if (_registryVersion != _registry.Version) ForgetRoutes();
        fixed (byte* first = input)
        fixed (byte* target = output)
        fixed (byte* actions = DbnActions.Actions)
        fixed (byte* sides = DbnActions.Sides)
        {
            byte* from = first, to = target;
            bool isFull = Translate(ref from, first + input.Length, ref to, target + output.Length, actions, sides, offset - (long)first);
            consumed = (int)(from - first);
            written = (int)(to - target);
            return isFull;
        }
    }

    /// <param name="origin">Added to an address, gives the place in the file.</param>
    private bool Translate(ref byte* next, byte* end, ref byte* target, byte* targetEnd, byte* actions, byte* sides, long origin)
    {
        byte* from = next, to = target;
        byte* toLast = targetEnd - MessageLength;
        DbnRoute none = new() { Key = ulong.MaxValue, Instrument = -1 };
        DbnRoute* route = &none, unwanted = &none;
        uint mboHead = _mboHead;
        int mboLength = (int)(mboHead & 0xFF) * 4;
        byte* fromLast = end - mboLength;      // before here a whole record is left
        long mboCount = 0, lastReceiveTime = _lastReceiveTime;
        long start = _start;
        ulong span = (ulong)(_end - _start);
        bool isFull = false;

        while (true)
        {
            if (from > fromLast || Load<ushort>(from) != mboHead)
            {
                // Rare: another kind of record, another length, or the end of the input.
                next = from;
                target = to;
                _lastReceiveTime = lastReceiveTime;
                Outcome outcome = TranslateRare(ref next, end, ref target, targetEnd, actions, sides, origin);
                from = next;
                to = target;
                lastReceiveTime = _lastReceiveTime;
                route = &none;
                mboHead = _mboHead;
                mboLength = (int)(mboHead & 0xFF) * 4;
                fromLast = end - mboLength;
                if (outcome == Outcome.Next) continue;
                isFull = outcome == Outcome.NoRoom;
                break;
            }
            if (to > toLast) { isFull = true; break; }

            ulong key = Load<ulong>(from) >> 16;
            long eventTime = Load<long>(from + 8), receiveTime = Load<long>(from + 40);
            if (key != route->Key)
            {
                route = _routes.Find(key);
                if (route is null) route = &none;
            }
            if ((eventTime | receiveTime) < 0 || (ulong)(receiveTime - route->From) >= route->Span || (ulong)(receiveTime - start) >= span)
            {
                if (targetEnd - to < RoomForRare) { isFull = true; break; }
                target = to;
                _lastReceiveTime = lastReceiveTime;
                SetTimes(ref eventTime, ref receiveTime);
                route = IsInRange(receiveTime) ? Resolve(key, eventTime, receiveTime, ref target) : unwanted;
                to = target;
            }
            mboCount++;
            lastReceiveTime = receiveTime;
            if (route->Instrument < 0)
            {
                Unwanted++;
                from += mboLength;
                continue;
            }
            WriteMbo(from, to, key, route->Instrument, eventTime, receiveTime, actions, sides);
            from += mboLength;
            to += MessageLength;
        }
        _counts[(int)DbnRecordType.Mbo] += mboCount;
        _lastReceiveTime = lastReceiveTime;
        next = from;
        target = to;
        return isFull;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteMbo(byte* from, byte* to, ulong key, int instrument, long eventTime, long receiveTime, byte* actions, byte* sides)
    {
        uint quantity = Load<uint>(from + 32);
        uint traits = Load<uint>(from + 36);      // flags, channel, action, side
        Store(to, MboPrefix | (key & 0xFFFF) << 16 | (ulong)(uint)instrument << 32);
        Store(to + 8, eventTime);
        Store(to + 16, receiveTime);
        Store(to + 24, Load<ulong>(from + 16));
        Store(to + 32, Load<long>(from + 24));
        Store(to + 40, quantity == uint.MaxValue ? long.MaxValue : quantity * Quantity.Scale);
        Store(to + 48, traits & 0xFF | (uint)actions[(byte)(traits >> 16)] << 8 | (uint)sides[traits >> 24] << 16 | (traits & 0xFF00) << 16);
        Store(to + 52, Load<uint>(from + 52));
        Store(to + 56, (ulong)Load<uint>(from + 48));
    }

    private enum Outcome { Next, NoRoom, NeedsInput }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Outcome TranslateRare(ref byte* from, byte* end, ref byte* to, byte* targetEnd, byte* actions, byte* sides, long origin)
    {
        if (end - from < DbnRecordHeader.Length) return Outcome.NeedsInput;
        int length = *from * 4;
        if (length < DbnRecordHeader.Length) throw BadLength(length, origin + (long)from);
        if (end - from < length) return Outcome.NeedsInput;
        if (targetEnd - to < RoomForRare) return Outcome.NoRoom;

        DbnRecordType type = (DbnRecordType)from[1];
        ReadOnlySpan<byte> record = new(from, length);
        switch (type)
        {
            case DbnRecordType.Mbo:
                if (length < MboRecord.Length) throw TooShort(type, length, MboRecord.Length, origin + (long)from);
                if (length is MboRecord.Length or MboRecord.Length + 8 && length != (int)(_mboHead & 0xFF) * 4)
                {
                    SetMboLength(length);
                    return Outcome.Next;
                }
                TranslateOddMbo(from, ref to, actions, sides);
                break;
            case DbnRecordType.Definition: Define(record, ref to); break;
            case DbnRecordType.Status:
                if (length < StatusRecord.Length) throw TooShort(type, length, StatusRecord.Length, origin + (long)from);
                ChangeState(from, ref to);
                break;
            case DbnRecordType.SymbolMapping: Map(record); break;
        }
        _counts[(int)type]++;
        from += length;
        return Outcome.Next;
    }

    private void TranslateOddMbo(byte* from, ref byte* to, byte* actions, byte* sides)
    {
        ulong key = Load<ulong>(from) >> 16;
        long eventTime = Load<long>(from + 8), receiveTime = Load<long>(from + 40);
        SetTimes(ref eventTime, ref receiveTime);
        DbnRoute* route = IsInRange(receiveTime) ? Resolve(key, eventTime, receiveTime, ref to) : null;
        if (route is null || route->Instrument < 0)
        {
            Unwanted++;
            return;
        }
        WriteMbo(from, to, key, route->Instrument, eventTime, receiveTime, actions, sides);
        to += MessageLength;
    }

    /// <summary>Times beyond 2262 are not stated; a receive time that is not stated is the event time, else the last one: a clock that jumps to the
    /// end of time would end every run.</summary>
    private void SetTimes(ref long eventTime, ref long receiveTime)
    {
        if (eventTime < 0) eventTime = long.MaxValue;
        if (receiveTime < 0 || receiveTime == long.MaxValue) receiveTime = eventTime;
        if (receiveTime == long.MaxValue) receiveTime = _lastReceiveTime;
        _lastReceiveTime = receiveTime;
    }

    private bool IsInRange(long receiveTime) => receiveTime >= _start && IsBeforeEnd(receiveTime);

    private bool IsBeforeEnd(long receiveTime) => receiveTime < _end || _end == long.MaxValue;

    /// <summary>Finds or makes the route of a record, and writes the instrument's definition first where that is due.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private DbnRoute* Resolve(ulong key, long eventTime, long receiveTime, ref byte* to)
    {
        DbnRoute* known = _routes.Find(key);
        if (known is not null && (ulong)(receiveTime - known->From) < known->Span) return known;

        ushort publisher = (ushort)key;
        uint number = (uint)(key >> 16);
        Timestamp at = new(receiveTime);
        InstrumentDefinition description = _registry.Describe(publisher, number, new Timestamp(eventTime), at, _symbols, out Timestamp from, out Timestamp until);
        if (!_filter.Wants(number, description.Symbol.ToString())) return _routes.Set(key, from.Nanos, (ulong)(until.Nanos - from.Nanos), -1);

        InstrumentResolution resolution = _registry.Resolve(publisher, number, new Timestamp(eventTime), at, _symbols);
        if (resolution.Announce != MessageType.None) WriteDefinition(resolution, ref to);
        return _routes.Set(key, resolution.From.Nanos, (ulong)(resolution.Until.Nanos - resolution.From.Nanos), resolution.Id.Index);
    }

    private void WriteDefinition(in InstrumentResolution resolution, ref byte* to)
    {
        InstrumentDefinition definition = _registry[resolution.Id];
        definition.Header.Type = resolution.Announce;
        Unsafe.WriteUnaligned(to, definition);
        to += Unsafe.SizeOf<InstrumentDefinition>();
    }

    private void Define(ReadOnlySpan<byte> record, ref byte* to)
    {
        if (!DefinitionRecord.TryView(record, out DefinitionRecord view))
        {
            UnknownLayouts++;
            return;
        }
        if (view.UpdateAction == 'D' || view.LegIndex > 0) return;
        InstrumentDefinition definition = DbnDefinitions.Translate(view);
        if (definition.Header.ReceiveTime.IsNone) definition.Header.ReceiveTime = new Timestamp(_lastReceiveTime);
        _lastReceiveTime = definition.Header.ReceiveTime.Nanos;
        if (!IsBeforeEnd(definition.Header.ReceiveTime.Nanos)) return;
        if (!_filter.Wants(view.Instrument, definition.Symbol.ToString())) return;

        bool isCurrent = _registryVersion == _registry.Version;
        InstrumentResolution resolution = _registry.Define(definition);
        if (isCurrent) _registryVersion = _registry.Version;
        _routes.Forget(view.Publisher | (ulong)view.Instrument << 16);
        if (resolution.Announce != MessageType.None) WriteDefinition(resolution, ref to);
    }

    private void ChangeState(byte* from, ref byte* to)
    {
        StatusRecord record = Unsafe.ReadUnaligned<StatusRecord>(from);
        ulong key = Load<ulong>(from) >> 16;
        long eventTime = (long)record.Header.EventTime, receiveTime = (long)record.ReceiveTime;
        SetTimes(ref eventTime, ref receiveTime);
        if (!IsBeforeEnd(receiveTime)) return;
        int instrument = Resolve(key, eventTime, receiveTime, ref to)->Instrument;
        if (instrument < 0) return;
        if (instrument >= _states.Length) Array.Resize(ref _states, Math.Max(_states.Length * 2, instrument + 1));
        _states[instrument] = DbnTradingStates.From(record.Action, _states[instrument]);
        Unsafe.WriteUnaligned(to, new TradingStateChanged
        {
            Header = MessageHeader.Create<TradingStateChanged>(MessageType.TradingStateChanged, record.Header.Publisher, new InstrumentId(instrument),
                new Timestamp(eventTime), new Timestamp(receiveTime)),
            State = _states[instrument],
            Action = record.Action,
            Reason = record.Reason,
            TradingEvent = record.TradingEvent,
        });
        to += Unsafe.SizeOf<TradingStateChanged>();
    }

    private void Map(ReadOnlySpan<byte> record)
    {
        if (!SymbolMappingRecord.TryView(record, out SymbolMappingRecord mapping))
        {
            UnknownLayouts++;
            return;
        }
        DbnSymbols.Add(_symbols, mapping);
        _routes.ForgetNumber(mapping.Instrument);
    }

    private void ForgetRoutes()
    {
        _routes.ForgetAll();
        _registryVersion = _registry.Version;
    }

    private void SetMboLength(int length) => _mboHead = (uint)DbnRecordType.Mbo << 8 | (uint)length / 4;

    private InputException BadLength(int length, long at) =>
        new(_file, $"a record length of {length} bytes at byte {at}", $"at least {DbnRecordHeader.Length}", "The file is damaged: fetch it again.");

    private InputException TooShort(DbnRecordType type, int length, int expected, long at) =>
        new(_file, $"a {DbnNames.Of(type)} record of {length} bytes at byte {at}", $"at least {expected}", "The file is damaged: fetch it again.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Load<T>(byte* at) where T : unmanaged => Unsafe.ReadUnaligned<T>(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(byte* at, T value) where T : unmanaged => Unsafe.WriteUnaligned(at, value);
}
