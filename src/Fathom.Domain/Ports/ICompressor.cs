namespace Fathom.Domain.Ports;

/// <summary>Makes blocks of bytes smaller and undoes it. Blocks may lean on those before them, back to <see cref="Begin"/>; both ways then see them in the same order.</summary>
public interface ICompressor
{
    /// <summary>The next block leans on none: a segment begins, or a block before it was stored as it is.</summary>
    void Begin() { }

    /// <summary>Compresses the content where that makes it smaller than the room.</summary>
    /// <param name="to">Room for the result; what is in it afterwards means something only when true is returned.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False where the result has no room.</returns>
    bool TryCompress(ReadOnlySpan<byte> content, Span<byte> to, out int length);

    /// <summary>Undoes <see cref="TryCompress"/>.</summary>
    /// <param name="to">Exactly as long as the content was.</param>
    /// <returns>False where the stored bytes are no compressed block of that length.</returns>
    bool TryDecompress(ReadOnlySpan<byte> stored, Span<byte> to);
}
