using System.Buffers.Binary;
using Fathom.Domain;

namespace Fathom.Data.Dbn;

/// <summary>Writes a version 3 header; <see cref="DbnHeaderReader"/> describes the layout.</summary>
internal static class DbnHeaderWriter
{
    private const int SymbolLength = 71;
    private const int FixedLength = 112;

    /// <param name="file">Name for messages.</param>
    /// <exception cref="InputException">A text does not fit its field.</exception>
    public static byte[] Write(string file, DbnHeader header)
    {
        int length = FixedLength + 16 + SymbolLength * (header.Symbols.Count + header.Partial.Count + header.NotFound.Count);
        foreach (DbnMapping mapping in header.Mappings) length += SymbolLength + 4 + mapping.Intervals.Count * (8 + SymbolLength);
        length = (length + 7) / 8 * 8;      // version 3 pads so that records are aligned
        byte[] bytes = new byte[length];

        Span<byte> start = bytes;
        "DBN"u8.CopyTo(start);
        start[3] = 3;
        BinaryPrimitives.WriteUInt32LittleEndian(start[4..], (uint)(length - DbnHeaderReader.PrefixLength));
        Text(file, header.Dataset, start.Slice(8, 16));
        BinaryPrimitives.WriteUInt16LittleEndian(start[24..], (ushort)header.Schema);
        BinaryPrimitives.WriteUInt64LittleEndian(start[26..], header.Start);
        BinaryPrimitives.WriteUInt64LittleEndian(start[34..], header.End);
        BinaryPrimitives.WriteUInt64LittleEndian(start[42..], header.Limit);
        start[50] = (byte)header.SymbologyIn;
        start[51] = (byte)header.SymbologyOut;
        BinaryPrimitives.WriteUInt16LittleEndian(start[53..], SymbolLength);

        Span<byte> rest = start[FixedLength..];
        Symbols(file, header.Symbols, ref rest);
        Symbols(file, header.Partial, ref rest);
        Symbols(file, header.NotFound, ref rest);
        Mappings(file, header.Mappings, ref rest);
        return bytes;
    }

    private static void Symbols(string file, IReadOnlyList<string> symbols, ref Span<byte> rest)
    {
        Word((uint)symbols.Count, ref rest);
        foreach (string symbol in symbols) Symbol(file, symbol, ref rest);
    }

    private static void Mappings(string file, IReadOnlyList<DbnMapping> mappings, ref Span<byte> rest)
    {
        Word((uint)mappings.Count, ref rest);
        foreach (DbnMapping mapping in mappings)
        {
            Symbol(file, mapping.Symbol, ref rest);
            Word((uint)mapping.Intervals.Count, ref rest);
            foreach (DbnMappingInterval interval in mapping.Intervals)
            {
                Word(interval.StartDate, ref rest);
                Word(interval.EndDate, ref rest);
                Symbol(file, interval.Symbol, ref rest);
            }
        }
    }

    private static void Symbol(string file, string symbol, ref Span<byte> rest)
    {
        Text(file, symbol, rest[..SymbolLength]);
        rest = rest[SymbolLength..];
    }

    private static void Word(uint word, ref Span<byte> rest)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(rest, word);
        rest = rest[4..];
    }

    private static void Text(string file, string text, Span<byte> field)
    {
        if (!DbnText.TryWrite(text, field))
            throw new InputException(file, $"the text '{text}' for its header", $"at most {field.Length - 1} printable ASCII characters", "Use a shorter name.");
    }
}
