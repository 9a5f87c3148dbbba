using System.Buffers.Binary;
using Fathom.Domain;

namespace Fathom.Data.Dbn;

/// <summary>
/// Reads a file's header from bytes. Little-endian, not aligned:
/// <code>
/// 0 "DBN" | 3 version | 4 u32 length of what follows | 8 dataset[16] | 24 u16 schema | 26 u64 start | 34 u64 end | 42 u64 limit
/// v1:  50 u64 record count (deprecated) | 58 stype in | 59 stype out | 60 ts_out | 61 reserved[47]
/// v2+: 50 stype in | 51 stype out | 52 ts_out | 53 u16 symbol length | 55 reserved[53]
/// 108 u32 length of schema definition (0) | 112 symbols, partial, not found, mappings: each u32 count, then entries
/// </code>
/// Every count is held against the bytes that are left before anything is allocated for it.
/// </summary>
public static class DbnHeaderReader
{
    /// <summary>Magic, version and length: enough to know how long the header is.</summary>
    public const int PrefixLength = 8;
    /// <summary>A header that states more is refused before it is read: real ones of whole markets have some tens of megabytes.</summary>
    public const int LengthMax = 512 << 20;

    private const int LengthMin = 120;           // no symbols at all: 104 fixed bytes and four counts
    private const int SymbolLengthMin = 22;     // that of version 1; with a shorter one a compressed header of some kilobytes could claim billions of symbols
    private const int SymbolLengthMax = 72;     // a symbol has to fit Fathom's own symbol text

    public static bool HasMagic(ReadOnlySpan<byte> bytes) => bytes.StartsWith("DBN"u8);

    /// <summary>Length of the whole header, prefix included, from its first eight bytes.</summary>
    /// <param name="file">Name for messages.</param>
    /// <exception cref="InputException">Not DBN, a version that is not 1 to 3, or an absurd length.</exception>
    public static int TotalLength(string file, ReadOnlySpan<byte> prefix)
    {
        if (!HasMagic(prefix)) throw Bad(file, "a file that does not start with 'DBN'", "a DBN file", "Check that it is a Databento file; for records without a header use --fragment.");
        byte version = prefix[3];
        if (version is 0 or > 3)
            throw Bad(file, $"DBN version {version}", "version 1, 2 or 3", "Convert it with the vendor's tool to one of these.");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(prefix[4..]);
        if (length is < LengthMin or > LengthMax)
            throw Bad(file, $"a header length of {length} at byte 4", $"{LengthMin} to {LengthMax}", "The file is damaged: fetch it again.");
        return PrefixLength + (int)length;
    }

    /// <summary>Reads the whole header.</summary>
    /// <param name="file">Name for messages.</param>
    /// <param name="bytes">As many bytes as <see cref="TotalLength"/> said.</param>
    /// <exception cref="InputException">The header contradicts itself; the message names the byte.</exception>
    public static DbnHeader Read(string file, ReadOnlySpan<byte> bytes)
    {
        byte version = bytes[3];
        int stypes = version == 1 ? 58 : 50;
        int symbolLength = version == 1 ? 22 : BinaryPrimitives.ReadUInt16LittleEndian(bytes[53..]);
        if (symbolLength is < SymbolLengthMin or > SymbolLengthMax)
            throw Bad(file, $"a symbol length of {symbolLength} at byte 53", $"{SymbolLengthMin} to {SymbolLengthMax} (71 is usual)", "The header is damaged: fetch the file again.");
        uint schemaDefinition = BinaryPrimitives.ReadUInt32LittleEndian(bytes[108..]);
        if (schemaDefinition != 0)
            throw Bad(file, $"a schema definition of {schemaDefinition} bytes at byte 108", "none", "The header is damaged: fetch the file again.");

        Cursor cursor = new(file, bytes, 112, symbolLength);
        return new DbnHeader
        {
            Version = version,
            Dataset = DbnText.Read(bytes.Slice(8, 16)),
            Schema = (DbnSchema)BinaryPrimitives.ReadUInt16LittleEndian(bytes[24..]),
            Start = BinaryPrimitives.ReadUInt64LittleEndian(bytes[26..]),
            End = BinaryPrimitives.ReadUInt64LittleEndian(bytes[34..]),
            Limit = BinaryPrimitives.ReadUInt64LittleEndian(bytes[42..]),
            SymbologyIn = (DbnSymbology)bytes[stypes],
            SymbologyOut = (DbnSymbology)bytes[stypes + 1],
            HasSendTimes = bytes[stypes + 2] != 0,
            SymbolLength = symbolLength,
            Symbols = cursor.Symbols("symbols"),
            Partial = cursor.Symbols("partial symbols"),
            NotFound = cursor.Symbols("symbols not found"),
            Mappings = cursor.Mappings(),
        };
    }

    private static InputException Bad(string file, string found, string expected, string fix) => new(file, found, expected, fix);

    private ref struct Cursor(string file, ReadOnlySpan<byte> bytes, int at, int symbolLength)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at = at;

        public IReadOnlyList<string> Symbols(string what)
        {
            int count = Count(what, symbolLength);
            string[] symbols = new string[count];
            for (int i = 0; i < count; i++) symbols[i] = Symbol();
            return symbols;
        }

        public IReadOnlyList<DbnMapping> Mappings()
        {
            int count = Count("mappings", symbolLength + 4);
            DbnMapping[] mappings = new DbnMapping[count];
            for (int i = 0; i < count; i++)
            {
                if (_bytes.Length - _at < symbolLength) throw Short("a mapping's symbol");
                string symbol = Symbol();
                DbnMappingInterval[] intervals = new DbnMappingInterval[Count("mapping intervals", 8 + symbolLength)];
                for (int k = 0; k < intervals.Length; k++) intervals[k] = new DbnMappingInterval(Word(), Word(), Symbol());
                mappings[i] = new DbnMapping(symbol, intervals);
            }
            return mappings;
        }

        private int Count(string what, int entryLength)
        {
            if (_bytes.Length - _at < 4) throw Short($"the number of {what}");
            int start = _at;
            uint count = Word();
            if (count > (uint)(_bytes.Length - _at) / (uint)entryLength)
                throw Bad(file, $"{count} {what} at byte {start} of a header of {_bytes.Length} bytes", "as many as fit the header",
                    "The header is damaged: fetch the file again.");
            return (int)count;
        }

        private string Symbol()
        {
            string text = DbnText.Read(_bytes.Slice(_at, symbolLength));
            _at += symbolLength;
            return text;
        }

        private uint Word()
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[_at..]);
            _at += 4;
            return word;
        }

        private readonly InputException Short(string what) =>
            Bad(file, $"a header that ends at byte {_bytes.Length} before {what}", "a whole header", "The header is damaged: fetch the file again.");
    }
}
