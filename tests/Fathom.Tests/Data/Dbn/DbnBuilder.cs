using System.Buffers.Binary;
using System.Text;

namespace Fathom.Tests.Data.Dbn;

/// <summary>Builds small DBN files byte by byte from the format's description, independently of Fathom's own writer.</summary>
internal sealed class DbnBuilder
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public static DbnBuilder WithHeader(byte version = 3, bool sendTimes = false, ushort schema = 0, byte stypeIn = 1, byte stypeOut = 0,
        params (string Symbol, (uint Start, uint End, string Text)[] Intervals)[] mappings)
    {
        int symbolLength = version == 1 ? 22 : 71;
        using MemoryStream variable = new();
        Word(variable, (uint)mappings.Length);
        foreach ((string symbol, _) in mappings) Text(variable, symbol, symbolLength);
        Word(variable, 0);
        Word(variable, 0);
        Word(variable, (uint)mappings.Length);
        foreach ((string symbol, (uint Start, uint End, string Text)[] intervals) in mappings)
        {
            Text(variable, symbol, symbolLength);
            Word(variable, (uint)intervals.Length);
            foreach ((uint start, uint end, string text) in intervals)
            {
                Word(variable, start);
                Word(variable, end);
                Text(variable, text, symbolLength);
            }
        }
        byte[] fixedPart = new byte[112];
        "DBN"u8.CopyTo(fixedPart);
        fixedPart[3] = version;
        "TEST.DATA"u8.CopyTo(fixedPart.AsSpan(8));
        BinaryPrimitives.WriteUInt16LittleEndian(fixedPart.AsSpan(24), schema);
        BinaryPrimitives.WriteUInt64LittleEndian(fixedPart.AsSpan(26), 1_000);
        BinaryPrimitives.WriteUInt64LittleEndian(fixedPart.AsSpan(34), ulong.MaxValue);
        int stypes = version == 1 ? 58 : 50;
        fixedPart[stypes] = stypeIn;
        fixedPart[stypes + 1] = stypeOut;
        fixedPart[stypes + 2] = sendTimes ? (byte)1 : (byte)0;
        if (version > 1) BinaryPrimitives.WriteUInt16LittleEndian(fixedPart.AsSpan(53), (ushort)symbolLength);
        int length = 104 + (int)variable.Length;
        int padding = version == 3 ? (8 - length % 8) % 8 : 0;
        BinaryPrimitives.WriteUInt32LittleEndian(fixedPart.AsSpan(4), (uint)(length + padding));

        DbnBuilder builder = new();
        builder._bytes.AddRange(fixedPart);
        builder._bytes.AddRange(variable.ToArray());
        builder._bytes.AddRange(new byte[padding]);
        return builder;
    }

    public static DbnBuilder WithoutHeader() => new();

    public DbnBuilder Add(byte[] record)
    {
        _bytes.AddRange(record);
        return this;
    }

    /// <summary>A market-by-order record of 56 bytes; with <paramref name="extra"/> = 8 the bytes of a send time follow.</summary>
    public static byte[] Mbo(ulong eventTime, ulong receiveTime, ulong order = 1, long price = 100_000_000_000, uint size = 5, char action = 'A', char side = 'B',
        byte flags = 0x80, uint instrument = 7, ushort publisher = 1, byte channel = 3, int delta = 11, uint sequence = 42, int extra = 0)
    {
        byte[] record = Record(0xA0, 56 + extra, instrument, publisher, eventTime);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(16), order);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(24), price);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(32), size);
        record[36] = flags;
        record[37] = channel;
        record[38] = (byte)action;
        record[39] = (byte)side;
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(40), receiveTime);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(48), delta);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(52), sequence);
        return record;
    }

    public static byte[] Status(ulong eventTime, ulong receiveTime, ushort action, uint instrument = 7, ushort publisher = 1)
    {
        byte[] record = Record(0x12, 40, instrument, publisher, eventTime);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(16), receiveTime);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(24), action);
        "~~~"u8.CopyTo(record.AsSpan(30));
        return record;
    }

    /// <summary>A version 3 definition of a future: multiplier 50 as CME states it.</summary>
    public static byte[] Definition(ulong time, string symbol, uint instrument = 7, ushort publisher = 1, long tick = 250_000_000, ulong activation = ulong.MaxValue,
        char update = 'A', ushort legIndex = 0)
    {
        byte[] record = Record(0x13, 520, instrument, publisher, time);
        Span<byte> bytes = record;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], time);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], tick);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], 10_000_000);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[40..], ulong.MaxValue);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[48..], activation);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[80..], 50_000_000_000);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[88..], tick / 2);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[172..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[222..], legIndex);
        "USD"u8.CopyTo(bytes[224..]);
        Encoding.ASCII.GetBytes(symbol).CopyTo(bytes[238..]);
        record[487] = (byte)'F';
        record[493] = (byte)update;
        return record;
    }

    public static byte[] SymbolMapping(ulong time, string symbol, uint instrument, ulong start, ulong end)
    {
        byte[] record = Record(0x16, 176, instrument, 0, time);
        record[16] = 1;
        Encoding.ASCII.GetBytes(symbol).CopyTo(record.AsSpan(17));
        record[88] = 0;
        Encoding.ASCII.GetBytes(instrument.ToString()).CopyTo(record.AsSpan(89));
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(160), start);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(168), end);
        return record;
    }

    public static byte[] Record(byte type, int length, uint instrument = 7, ushort publisher = 1, ulong eventTime = 1)
    {
        byte[] record = new byte[length];
        record[0] = (byte)(length / 4);
        record[1] = type;
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(2), publisher);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), instrument);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(8), eventTime);
        return record;
    }

    private static void Word(Stream to, uint word)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        to.Write(bytes);
    }

    private static void Text(Stream to, string text, int length)
    {
        byte[] field = new byte[length];
        Encoding.ASCII.GetBytes(text).CopyTo(field, 0);
        to.Write(field);
    }
}
