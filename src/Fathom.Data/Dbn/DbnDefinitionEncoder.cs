using System.Buffers.Binary;
using Fathom.Data.Dbn.Records;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Data.Dbn;

/// <summary>Writes an instrument's definition as a version 3 record, and proves it lossless by reading it back.</summary>
internal static class DbnDefinitionEncoder
{
    private const int PayloadOffset = 24;      // behind the message header

    /// <summary>Null when the record says exactly what the message says; else what does not fit.</summary>
    /// <param name="record">At least 520 bytes.</param>
    public static string? Encode(in InstrumentDefinition definition, Span<byte> record)
    {
        record = record[..DefinitionRecord.LengthV3];
        WriteNothingStated(record);
        string symbol = (definition.Assumed & InstrumentAssumptions.Symbol) != 0 ? "" : definition.Symbol.ToString();
        if (definition.VenueInstrument > uint.MaxValue) return "an instrument number of more than 32 bits";
        if (!DbnText.TryWrite(symbol, record.Slice(238, 71))) return $"the symbol '{symbol}'";
        if (!DbnText.TryWrite(definition.Currency.ToString(), record.Slice(224, 4))) return $"the currency '{definition.Currency}' (DBN has three letters)";
        if (!TryTime(definition.Header.EventTime, record[8..]) || !TryTime(definition.Header.ReceiveTime, record[16..]) ||
            !TryTime(definition.Expiration, record[40..]) || !TryTime(definition.Activation, record[48..]))
            return "a time before 1970";

        record[0] = DefinitionRecord.LengthV3 / 4;
        record[1] = (byte)DbnRecordType.Definition;
        BinaryPrimitives.WriteUInt16LittleEndian(record[2..], definition.Header.Source);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)definition.VenueInstrument);
        BinaryPrimitives.WriteUInt64LittleEndian(record[112..], definition.VenueInstrument);
        record[493] = definition.Header.Type == MessageType.InstrumentChanged ? (byte)'M' : (byte)'A';
        WriteTerms(definition, record);
        return IsReadBack(definition, record) ? null : $"the terms of '{definition.Symbol}' (kind, lot, multiplier or unit scale have no place in DBN)";
    }

    private static void WriteTerms(in InstrumentDefinition definition, Span<byte> record)
    {
        bool IsStated(InstrumentAssumptions what, InstrumentAssumptions assumed) => (assumed & what) == 0;
        InstrumentAssumptions assumed = definition.Assumed;
        if (IsStated(InstrumentAssumptions.Kind, assumed)) record[487] = definition.Kind == InstrumentKind.Spot ? (byte)'K' : (byte)'F';
        if (IsStated(InstrumentAssumptions.Tick, assumed)) BinaryPrimitives.WriteInt64LittleEndian(record[24..], definition.Tick.Nanos);
        if (IsStated(InstrumentAssumptions.Lot, assumed) && definition.Lot.Nanos / Quantity.Scale is > 0 and < int.MaxValue and long lots)
            BinaryPrimitives.WriteInt32LittleEndian(record[160..], (int)lots);
        if (IsStated(InstrumentAssumptions.Multiplier, assumed) && definition.Kind != InstrumentKind.Spot)
            BinaryPrimitives.WriteInt64LittleEndian(record[80..], definition.MultiplierNanos);
    }

    private static bool IsReadBack(in InstrumentDefinition definition, ReadOnlySpan<byte> record)
    {
        if (!DefinitionRecord.TryView(record, out DefinitionRecord view)) return false;
        InstrumentDefinition back = DbnDefinitions.Translate(view);
        return Messages.AsBytes(back)[PayloadOffset..].SequenceEqual(Messages.AsBytes(definition)[PayloadOffset..]);
    }

    /// <summary>Every number says "not stated", every text is empty: what Fathom does not know it does not claim.</summary>
    private static void WriteNothingStated(Span<byte> record)
    {
        record.Clear();
        for (int at = 24; at < 112; at += 8) BinaryPrimitives.WriteInt64LittleEndian(record[at..], long.MaxValue);
        BinaryPrimitives.WriteInt64LittleEndian(record[120..], long.MaxValue);      // leg price and delta
        BinaryPrimitives.WriteInt64LittleEndian(record[128..], long.MaxValue);
        for (int at = 136; at < 188; at += 4) BinaryPrimitives.WriteInt32LittleEndian(record[at..], int.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(record[140..], 0);                 // underlying
        BinaryPrimitives.WriteUInt32LittleEndian(record[152..], 0);                 // market segment
        BinaryPrimitives.WriteUInt32LittleEndian(record[156..], uint.MaxValue);     // largest and smallest trade
        BinaryPrimitives.WriteUInt32LittleEndian(record[172..], uint.MaxValue);
        BinaryPrimitives.WriteInt16LittleEndian(record[212..], short.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(record[214..], ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(record[216..], ushort.MaxValue);
        record.Slice(488, 1).Fill((byte)' ');
        record.Slice(489, 4).Fill(byte.MaxValue);
        record.Slice(494, 3).Fill(byte.MaxValue);
        record[497] = (byte)'N';
        record[498] = (byte)sbyte.MaxValue;
        record[499] = (byte)sbyte.MaxValue;
        record[500] = byte.MaxValue;
    }

    private static bool TryTime(Timestamp time, Span<byte> place)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(place, time.IsNone ? ulong.MaxValue : (ulong)time.Nanos);
        return time.Nanos >= 0;
    }
}
