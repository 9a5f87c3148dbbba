namespace Fathom.Domain.Ports;

/// <summary>Makes blocks of bytes smaller and undoes it; each block stands alone.</summary>
public interface ICompressor
{
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
