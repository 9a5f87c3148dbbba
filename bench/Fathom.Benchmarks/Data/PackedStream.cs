using Fathom.Data.Catalog;
using Fathom.Data.Dbn;
using Fathom.Domain;

namespace Fathom.Benchmarks.Data;

/// <summary>A file's messages with their orders resolved to slots, packed block by block as a catalog stores them, in memory.</summary>
internal sealed class PackedStream
{
    private const int BlockLength = 512 << 10;

    private readonly List<(byte[] Stored, int Length)> _blocks = [];
    private readonly byte[] _block = GC.AllocateUninitializedArray<byte>(BlockLength, pinned: true);

    public PackedStream(string path)
    {
        using DbnSource source = DbnFile.Open(path);
        using OrderPacking packing = new();
        SlotResolver resolver = new();
        byte[] room = new byte[BlockLength];
        for (int length; (length = source.Read(_block)) > 0;)
        {
            resolver.Resolve(_block.AsSpan(0, length));
            Invariant.Require(packing.TryCompress(_block.AsSpan(0, length), room, out int stored), "a market's messages become shorter");
            _blocks.Add((room[..stored], length));
            Bytes += stored;
        }
        Messages = source.RecordCount;
    }

    public long Messages { get; }

    /// <summary>As packed.</summary>
    public long Bytes { get; }

    /// <summary>Unpacks all of it.</summary>
    public ulong Unpack()
    {
        using OrderPacking packing = new();
        StreamChecksum checksum = new();
        foreach ((byte[] stored, int length) in _blocks)
        {
            Invariant.Require(packing.TryDecompress(stored, _block.AsSpan(0, length)), "what was packed comes back");
            checksum.Add(_block.AsSpan(0, length));
        }
        return checksum.Value;
    }
}
