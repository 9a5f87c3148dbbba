using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Data.Compression;

/// <summary>Compresses into one zstd frame with a content checksum, as the vendor's own files have it.</summary>
internal sealed unsafe class ZstdWriter : IByteTarget
{
    private const int OutputLength = 128 << 10;
    private const int Continue = 0;
    private const int End = 2;

    private readonly ZstdLibrary _zstd = ZstdLibrary.Shared;
    private readonly IByteTarget _inner;
    private readonly byte[] _output = GC.AllocateUninitializedArray<byte>(OutputLength, pinned: true);
    private nint _context;

    /// <param name="inner">Gets the compressed bytes; owned.</param>
    /// <param name="level">1 (fast) to 19 (small).</param>
    public ZstdWriter(IByteTarget inner, int level)
    {
        _inner = inner;
        _context = _zstd.CreateCompressor();
        Invariant.Require(_context != 0, "libzstd has memory for a compressor");
        Check(_zstd.SetParameter(_context, ZstdLibrary.LevelParameter, level));
        Check(_zstd.SetParameter(_context, ZstdLibrary.ChecksumParameter, 1));
    }

    public void Write(ReadOnlySpan<byte> bytes) => Compress(bytes, Continue);

    public void Complete()
    {
        Compress([], End);
        _inner.Complete();
    }

    public void Dispose()
    {
        if (_context != 0) _zstd.FreeCompressor(_context);
        _context = 0;
        _inner.Dispose();
    }

    private void Compress(ReadOnlySpan<byte> bytes, int how)
    {
        fixed (byte* source = bytes)
        fixed (byte* target = _output)
        {
            ZstdBuffer input = new() { Bytes = source, Size = (nuint)bytes.Length };
            nuint rest;
            do
            {
                ZstdBuffer output = new() { Bytes = target, Size = OutputLength };
                rest = Check(_zstd.Compress(_context, &output, &input, how));
                _inner.Write(_output.AsSpan(0, (int)output.Position));
            }
            while (how == End ? rest != 0 : input.Position < input.Size);
        }
    }

    private nuint Check(nuint code)
    {
        Invariant.Require(!_zstd.IsError(code), "libzstd compresses what it is given");
        return code;
    }
}
