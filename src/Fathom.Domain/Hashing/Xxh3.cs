using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fathom.Domain.Hashing;

/// <summary>XXH3 with 128 bits (seed 0, default secret), fed piece by piece: the same value for the same bytes however they were cut. Fast, not cryptographic:
/// it notices accidents, not adversaries.</summary>
/// <remarks>Source: "xxHash fast digest algorithm", specification in the xxHash repository. Input is taken in blocks of 16 stripes of 64 bytes. The last block (which may be
/// full) and the last 64 bytes are treated apart, so a full block waits in the buffer until more comes, and the 64 bytes before it stay in front of it.
/// Nothing is allocated after construction.</remarks>
public sealed class Xxh3
{
    private const int BlockStart = Xxh3Stripes.StripeLength;
    private const int BufferLength = BlockStart + Xxh3Stripes.BlockLength;

    private readonly ulong[] _accumulators = new ulong[Xxh3Stripes.Lanes];
    private readonly byte[] _buffer = new byte[BufferLength];       // [0, 64): end of the previous block; [64, _end): the block that waits
    private int _end;
    private ulong _lengthOfBlocks;

    public Xxh3() => Reset();

    /// <summary>Hash of the bytes at once.</summary>
    public static Hash128 Hash128(ReadOnlySpan<byte> data)
    {
        if (data.Length <= Xxh3Short.LengthMax) return Xxh3Short.Hash(data);

        Span<ulong> accumulators = stackalloc ulong[Xxh3Stripes.Lanes];
        Xxh3Stripes.Start(accumulators);
        ReadOnlySpan<byte> rest = data;
        while (rest.Length > Xxh3Stripes.BlockLength)
        {
            Xxh3Stripes.AddBlock(accumulators, rest);
            rest = rest[Xxh3Stripes.BlockLength..];
        }
        return Xxh3Stripes.Finish(accumulators, rest, data[^Xxh3Stripes.StripeLength..], (ulong)data.Length);
    }

    /// <summary>Forgets everything appended.</summary>
    public void Reset()
    {
        Xxh3Stripes.Start(_accumulators);
        _end = BlockStart;
        _lengthOfBlocks = 0;
    }

    /// <summary>Bytes appended so far.</summary>
    public ulong Length => _lengthOfBlocks + (ulong)(_end - BlockStart);

    /// <summary>Takes the next bytes; how they are cut into calls does not matter.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        int end = _end;
        if (data.Length > BufferLength - end)
        {
            AppendOverBlocks(data);
            return;
        }
        // Most messages are one stripe: a copy of constant length is four instructions, one of any length is a call.
        if (data.Length == Xxh3Stripes.StripeLength) CopyStripe(data, end);
        else data.CopyTo(_buffer.AsSpan(end));
        _end = end + data.Length;
    }

    /// <summary>Hash of all bytes appended so far; more may follow.</summary>
    public Hash128 Finish()
    {
        ReadOnlySpan<byte> block = _buffer.AsSpan(BlockStart, _end - BlockStart);
        if (_lengthOfBlocks == 0 && block.Length <= Xxh3Short.LengthMax) return Xxh3Short.Hash(block);

        Span<ulong> accumulators = stackalloc ulong[Xxh3Stripes.Lanes];
        _accumulators.CopyTo(accumulators);
        return Xxh3Stripes.Finish(accumulators, block, _buffer.AsSpan(_end - Xxh3Stripes.StripeLength, Xxh3Stripes.StripeLength), Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CopyStripe(ReadOnlySpan<byte> data, int end)
    {
        // In bounds: the caller has checked that a stripe is there and that a stripe has room.
        ref byte target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), end);
        Unsafe.CopyBlockUnaligned(ref target, ref MemoryMarshal.GetReference(data), Xxh3Stripes.StripeLength);
    }

    /// <summary>Fills the block and takes it in, then whole blocks straight from the data while more than one is left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendOverBlocks(ReadOnlySpan<byte> data)
    {
        int room = BufferLength - _end;
        data[..room].CopyTo(_buffer.AsSpan(_end));
        data = data[room..];
        TakeBlock(_buffer.AsSpan(BlockStart));
        while (data.Length > Xxh3Stripes.BlockLength)
        {
            TakeBlock(data[..Xxh3Stripes.BlockLength]);
            data = data[Xxh3Stripes.BlockLength..];
        }
        data.CopyTo(_buffer.AsSpan(BlockStart));
        _end = BlockStart + data.Length;
    }

    private void TakeBlock(ReadOnlySpan<byte> block)
    {
        Xxh3Stripes.AddBlock(_accumulators, block);
        block[^Xxh3Stripes.StripeLength..].CopyTo(_buffer);
        _lengthOfBlocks += Xxh3Stripes.BlockLength;
    }
}
