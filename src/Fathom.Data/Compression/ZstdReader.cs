using System.Buffers.Binary;
using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Data.Compression;

/// <summary>Undoes zstd compression of a stored file: any number of frames one after the other, skippable ones between them. A decoder that stops
/// after the first frame would lose data without a word.</summary>
internal sealed unsafe class ZstdReader : IByteSource
{
    private const int InputLength = 128 << 10;

    private readonly ZstdLibrary _zstd = ZstdLibrary.Shared;
    private readonly StoredFile _file;
    private readonly bool _allowTruncated;
    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(InputLength, pinned: true);
    private nint _context;
    private int _from;
    private int _to;
    private bool _isInsideFrame;
    private InputException? _failure;      // given out only after the bytes that came before it
    private volatile bool _isTruncated;

    public ZstdReader(StoredFile file, bool allowTruncated)
    {
        _file = file;
        _allowTruncated = allowTruncated;
        _context = _zstd.CreateDecompressor();
        Invariant.Require(_context != 0, "libzstd has memory for a decompressor");
    }

    public long StoredPosition => _file.StoredPosition;

    public bool IsTruncated => _isTruncated;

    public static bool HasMagic(ReadOnlySpan<byte> bytes) => bytes.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == 0xFD2FB528;

    /// <summary>A skippable frame, with which legacy DBZ files begin.</summary>
    public static bool HasSkippableMagic(ReadOnlySpan<byte> bytes) => bytes.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) >> 4 == 0x184D2A5;

    public int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        if (_failure is not null) throw _failure;
        fixed (byte* target = buffer)
        fixed (byte* source = _input)
        {
            ZstdBuffer output = new() { Bytes = target, Size = (nuint)buffer.Length };
            try
            {
                Fill(ref output, source);
            }
            catch (InputException failure) when (output.Position > 0)
            {
                _failure = failure;
            }
            return (int)output.Position;
        }
    }

    public void Dispose()
    {
        if (_context != 0) _zstd.FreeDecompressor(_context);
        _context = 0;
    }

    private void Fill(ref ZstdBuffer output, byte* source)
    {
        while (output.Position < output.Size)
        {
            // Before reading on, what the decompressor still holds back is asked for: the input may be at its end.
            if (_from == _to && !(_isInsideFrame && TryFlush(ref output, source)) && !TryReadInput()) return;
            Advance(ref output, source);
        }
    }

    private bool TryFlush(ref ZstdBuffer output, byte* source)
    {
        nuint before = output.Position;
        Advance(ref output, source);
        return output.Position > before;
    }

    private void Advance(ref ZstdBuffer output, byte* source)
    {
        ZstdBuffer input = new() { Bytes = source + _from, Size = (nuint)(_to - _from) };
        nuint rest;
        fixed (ZstdBuffer* to = &output) rest = _zstd.Decompress(_context, to, &input);
        if (_zstd.IsError(rest))
            throw new InputException(_file.Path, $"a damaged zstd frame near byte {_file.StoredPosition - (_to - _from)} ({_zstd.ErrorName(rest)})",
                "whole zstd frames", "The file is damaged: fetch it again.");
        _from += (int)input.Position;
        _isInsideFrame = rest != 0;
    }

    private bool TryReadInput()
    {
        _from = 0;
        _to = _file.Read(_input);
        if (_to > 0) return true;
        if (!_isInsideFrame) return false;
        if (!_allowTruncated)
            throw new InputException(_file.Path, $"an end inside a zstd frame (byte {_file.StoredPosition})", "whole zstd frames",
                "Fetch the file again, or use --allow-truncated (in a configuration data.allow_truncated) to read what is there.");
        _isTruncated = true;
        return false;
    }
}
