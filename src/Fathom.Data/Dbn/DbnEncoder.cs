using System.Runtime.CompilerServices;
using Fathom.Data.Dbn.Records;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Data.Dbn;

/// <summary>
/// Fathom messages to DBN records: bytes in, bytes out, no I/O. It writes only what reading gives back exactly, and says what does not fit otherwise.
/// A definition in which everything is assumed is not written: the header's mapping (or the bare number) gives it again.
/// </summary>
internal sealed class DbnEncoder(DbnHeader header)
{
    /// <summary>No record that it writes is longer.</summary>
    public const int RecordLengthMax = DefinitionRecord.LengthV3;

    private const InstrumentAssumptions AllTerms = InstrumentAssumptions.Tick | InstrumentAssumptions.Lot | InstrumentAssumptions.Multiplier |
                                                   InstrumentAssumptions.Kind | InstrumentAssumptions.Currency;

    private readonly SymbolMap _symbols = DbnSymbols.From(header);
    private InstrumentEntry[] _instruments = new InstrumentEntry[16];
    private int _count;

    private record struct InstrumentEntry(uint Number, ushort Publisher, TradingState State);

    /// <summary>Encodes one message; null when that is lossless, else what does not fit.</summary>
    /// <param name="message">A whole message.</param>
    /// <param name="record">At least <see cref="RecordLengthMax"/> bytes.</param>
    /// <param name="length">Bytes written; 0 for a message that needs no record.</param>
    public string? Encode(ReadOnlySpan<byte> message, Span<byte> record, out int length)
    {
        length = 0;
        MessageType type = Messages.Header(message).Type;
        return type switch
        {
            MessageType.MarketByOrder => Encode(Messages.As<MarketByOrder>(message), record, out length),
            MessageType.InstrumentDefined or MessageType.InstrumentChanged => Encode(Messages.As<InstrumentDefinition>(message), record, out length),
            MessageType.TradingStateChanged => Encode(Messages.As<TradingStateChanged>(message), record, out length),
            _ => $"a message of type {type}",
        };
    }

    private string? Encode(in MarketByOrder message, Span<byte> record, out int length)
    {
        length = 0;
        if (header.Schema is not (DbnSchema.Mbo or DbnSchema.Mixed)) return "a market-by-order message in a file of another schema";
        if (!TryEntry(message.Header, out InstrumentEntry entry)) return "an instrument without a definition before it, or of another source";
        if (message.Header.EventTime.Nanos < 0 || message.Header.ReceiveTime.Nanos is < 0 or long.MaxValue) return "a time before 1970 or no receive time";
        byte action = DbnActions.Letter(message.Action);
        if (action == 0) return "an action without a letter";
        if (!TryWhole(message.Quantity, out uint quantity)) return $"the quantity {message.Quantity} (DBN has whole units of 32 bits)";

        Unsafe.WriteUnaligned(ref record[0], new MboRecord
        {
            Header = RecordHeader(DbnRecordType.Mbo, MboRecord.Length, entry, message.Header.EventTime),
            OrderId = message.OrderId,
            Price = message.Price.Nanos,
            Quantity = quantity,
            Flags = (byte)message.Flags,
            Channel = message.Channel,
            Action = action,
            Side = DbnActions.Letter(message.Side),
            ReceiveTime = (ulong)message.Header.ReceiveTime.Nanos,
            SendDelta = message.SendDelta,
            Sequence = message.Sequence,
        });
        length = MboRecord.Length;
        return null;
    }

    private string? Encode(in InstrumentDefinition definition, Span<byte> record, out int length)
    {
        length = 0;
        int index = definition.Header.Instrument.Index;
        bool isNew = definition.Header.Type == MessageType.InstrumentDefined;
        if (index < 0 || (isNew ? index != _count : index >= _count)) return "instrument ids that are not in the order of first appearance";
        if ((definition.Assumed & AllTerms) == AllTerms && IsGivenByHeader(definition))
        {
            Note(definition, index);
            return null;
        }
        if (header.Schema is not (DbnSchema.Definition or DbnSchema.Mixed)) return "a definition in a file of another schema";
        string? misfit = DbnDefinitionEncoder.Encode(definition, record);
        if (misfit is not null) return misfit;
        length = DefinitionRecord.LengthV3;
        Note(definition, index);
        return null;
    }

    private string? Encode(in TradingStateChanged change, Span<byte> record, out int length)
    {
        length = 0;
        if (header.Schema is not (DbnSchema.Status or DbnSchema.Mixed)) return "a trading state in a file of another schema";
        if (!TryEntry(change.Header, out InstrumentEntry entry)) return "an instrument without a definition before it, or of another source";
        if (change.Header.EventTime.Nanos < 0 || change.Header.ReceiveTime.Nanos is < 0 or long.MaxValue) return "a time before 1970 or no receive time";
        if (DbnTradingStates.From(change.Action, entry.State) != change.State) return $"the state {change.State} with the venue's action {change.Action}";

        const byte notStated = (byte)'~';
        Unsafe.WriteUnaligned(ref record[0], new StatusRecord
        {
            Header = RecordHeader(DbnRecordType.Status, StatusRecord.Length, entry, change.Header.EventTime),
            ReceiveTime = (ulong)change.Header.ReceiveTime.Nanos,
            Action = change.Action,
            Reason = change.Reason,
            TradingEvent = change.TradingEvent,
            IsTrading = notStated,
            IsQuoting = notStated,
            IsShortSellRestricted = notStated,
        });
        _instruments[change.Header.Instrument.Index].State = change.State;
        length = StatusRecord.Length;
        return null;
    }

    private bool IsGivenByHeader(in InstrumentDefinition definition)
    {
        SymbolInterval mapped = _symbols.Find(definition.VenueInstrument, definition.Header.ReceiveTime);
        string symbol = mapped.Symbol ?? definition.VenueInstrument.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return definition.Symbol.ToString() == symbol;
    }

    private void Note(in InstrumentDefinition definition, int index)
    {
        if (index >= _instruments.Length) Array.Resize(ref _instruments, _instruments.Length * 2);
        TradingState state = index < _count ? _instruments[index].State : TradingState.Unknown;
        _instruments[index] = new InstrumentEntry((uint)definition.VenueInstrument, definition.Header.Source, state);
        _count = Math.Max(_count, index + 1);
    }

    private bool TryEntry(in MessageHeader message, out InstrumentEntry entry)
    {
        bool isKnown = (uint)message.Instrument.Index < (uint)_count;
        entry = isKnown ? _instruments[message.Instrument.Index] : default;
        return isKnown && entry.Publisher == message.Source;
    }

    private static DbnRecordHeader RecordHeader(DbnRecordType type, int length, in InstrumentEntry entry, Timestamp eventTime) => new()
    {
        Words = (byte)(length / 4),
        Type = type,
        Publisher = entry.Publisher,
        Instrument = entry.Number,
        EventTime = eventTime.IsNone ? ulong.MaxValue : (ulong)eventTime.Nanos,
    };

    private static bool TryWhole(Quantity quantity, out uint whole)
    {
        whole = uint.MaxValue;
        if (quantity.IsNone) return true;
        (ulong units, ulong rest) = Math.DivRem((ulong)quantity.Nanos, (ulong)Quantity.Scale);
        whole = (uint)units;
        return quantity.Nanos >= 0 && rest == 0 && units < uint.MaxValue;
    }
}
