using Fathom.Domain;
using Fathom.Domain.Ports;

namespace Fathom.Data.Compression;

/// <summary>Blocks as zstd frames, one each. No checksum of its own: who stores blocks hashes them. Not for several threads.</summary>
public sealed unsafe class ZstdCompressor : ICompressor, IDisposable
{
    private readonly ZstdLibrary _zstd = ZstdLibrary.Shared;
    private nint _compressor;
    private nint _decompressor;

    /// <param name="level">-7 (fastest) to 19 (smallest).</param>
    /// <exception cref="InputException">libzstd is not installed.</exception>
    public ZstdCompressor(int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, -7);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 19);
        _compressor = _zstd.CreateCompressor();
        _decompressor = _zstd.CreateDecompressor();
        Invariant.Require(_compressor != 0 && _decompressor != 0, "libzstd has memory for a compressor");
        Invariant.Require(!_zstd.IsError(_zstd.SetParameter(_compressor, ZstdLibrary.LevelParameter, level)), "libzstd knows the level");
    }

    /// <summary>One where the library is there; else null.</summary>
    /// <inheritdoc cref="ZstdCompressor(int)" path="/param"/>
    public static ZstdCompressor? TryCreate(int level)
    {
        try
        {
            return new ZstdCompressor(level);
        }
        catch (InputException)
        {
            return null;
        }
    }

    public bool TryCompress(ReadOnlySpan<byte> content, Span<byte> to, out int length)
    {
        fixed (byte* source = content)
        fixed (byte* target = to)
        {
            nuint written = _zstd.CompressWhole(_compressor, target, (nuint)to.Length, source, (nuint)content.Length);
            bool fits = !_zstd.IsError(written);
            length = fits ? (int)written : 0;
            return fits;
        }
    }

    public bool TryDecompress(ReadOnlySpan<byte> stored, Span<byte> to)
    {
        fixed (byte* source = stored)
        fixed (byte* target = to)
        {
            nuint written = _zstd.DecompressWhole(_decompressor, target, (nuint)to.Length, source, (nuint)stored.Length);
            return !_zstd.IsError(written) && (int)written == to.Length;
        }
    }

    public void Dispose()
    {
        if (_compressor != 0) _zstd.FreeCompressor(_compressor);
        if (_decompressor != 0) _zstd.FreeDecompressor(_decompressor);
        _compressor = _decompressor = 0;
    }
}
