using System.Buffers.Binary;

namespace Fathom.Data.Dbn.Records;

/// <summary>
/// An instrument's definition, in whichever of its three layouts: 360 bytes (version 1), 400 (version 2), 520 (version 3); eight more with a send
/// time. The layout is told from the length, because one file may hold records of several versions. Values are as stored: prices in units of 1e-9,
/// <see cref="long.MaxValue"/>, <see cref="int.MaxValue"/> and <see cref="ulong.MaxValue"/> = not stated.
/// </summary>
public readonly ref struct DefinitionRecord
{
    public const int LengthV1 = 360;
    public const int LengthV2 = 400;
    public const int LengthV3 = 520;

    private readonly ReadOnlySpan<byte> _bytes;

    private DefinitionRecord(ReadOnlySpan<byte> bytes, int version)
    {
        _bytes = bytes;
        Version = version;
    }

    public int Version { get; }

    /// <summary>False when the length is none of the known layouts'.</summary>
    public static bool TryView(ReadOnlySpan<byte> record, out DefinitionRecord definition)
    {
        int version = record.Length switch
        {
            LengthV1 or LengthV1 + 8 => 1,
            LengthV2 or LengthV2 + 8 => 2,
            LengthV3 or LengthV3 + 8 => 3,
            _ => 0,
        };
        definition = new DefinitionRecord(record, version);
        return version != 0;
    }

    public ushort Publisher => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[2..]);
    public uint Instrument => UInt32(4);
    public ulong EventTime => UInt64(8);
    public ulong ReceiveTime => UInt64(16);
    public long MinPriceIncrement => Int64(24);
    public long DisplayFactor => Int64(32);
    public ulong Expiration => UInt64(40);
    public ulong Activation => UInt64(48);
    public long HighLimitPrice => Int64(56);
    public long LowLimitPrice => Int64(64);
    public long MaxPriceVariation => Int64(72);
    public long UnitOfMeasureQuantity => Int64(Version == 3 ? 80 : 88);
    public long MinPriceIncrementAmount => Int64(Version == 3 ? 88 : 96);
    public long PriceRatio => Int64(Version == 3 ? 96 : 104);
    public long StrikePrice => Int64(At(328, 112, 104));
    public ulong RawInstrumentId => Version == 3 ? UInt64(112) : UInt32(At(120, 128, 0));
    public uint UnderlyingId => UInt32(At(116, 124, 140));
    public int MarketDepthImplied => Int32(At(124, 132, 144));
    public int MarketDepth => Int32(At(128, 136, 148));
    public uint MarketSegmentId => UInt32(At(132, 140, 152));
    public uint MaxTradeVolume => UInt32(At(136, 144, 156));
    public int MinLotSize => Int32(At(140, 148, 160));
    public int MinLotSizeBlock => Int32(At(144, 152, 164));
    public int MinLotSizeRoundLot => Int32(At(148, 156, 168));
    public uint MinTradeVolume => UInt32(At(152, 160, 172));
    public int ContractMultiplier => Int32(At(160, 164, 176));
    public int DecayQuantity => Int32(At(164, 168, 180));
    public int OriginalContractSize => Int32(At(168, 172, 184));
    public string Currency => Text(At(186, 186, 224), 4);
    public string SettlementCurrency => Text(At(190, 190, 228), 4);
    public string SecuritySubType => Text(At(194, 194, 232), 6);
    public string RawSymbol => Text(At(200, 200, 238), Version == 1 ? 22 : 71);
    public string Group => Text(At(222, 271, 309), 21);
    public string Exchange => Text(At(243, 292, 330), 5);
    public string Asset => Text(At(248, 297, 335), Version == 3 ? 11 : 7);
    public string Cfi => Text(At(255, 304, 346), 7);
    public string SecurityType => Text(At(262, 311, 353), 7);
    public string UnitOfMeasure => Text(At(269, 318, 360), 31);
    public string Underlying => Text(At(300, 349, 391), 21);
    public string StrikePriceCurrency => Text(At(321, 370, 412), 4);
    /// <summary>B bond, C call, F future, K stock, M mixed, P put, S future spread, T option spread, X FX spot, Y commodity spot.</summary>
    public byte InstrumentClass => _bytes[At(325, 374, 487)];
    public byte MatchAlgorithm => _bytes[At(342, 375, 488)];
    /// <summary>A added, M modified, D deleted.</summary>
    public byte UpdateAction => _bytes[At(349, 382, 493)];
    public ushort MaturityYear => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[At(180, 180, 214)..]);
    public byte MaturityMonth => _bytes[At(350, 383, 494)];
    public byte MaturityDay => _bytes[At(351, 384, 495)];
    /// <summary>How many legs a spread has; 0 outside version 3, which repeats the record once per leg.</summary>
    public int LegCount => Version == 3 ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[220..]) : 0;
    public int LegIndex => Version == 3 ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[222..]) : 0;

    private int At(int v1, int v2, int v3) => Version switch { 1 => v1, 2 => v2, _ => v3 };

    private long Int64(int at) => BinaryPrimitives.ReadInt64LittleEndian(_bytes[at..]);
    private ulong UInt64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[at..]);
    private int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes[at..]);
    private uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[at..]);
    private string Text(int at, int length) => DbnText.Read(_bytes.Slice(at, length));
}
