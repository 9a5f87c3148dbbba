namespace Fathom.Data.Files;

/// <summary>Bytes of a file, after decompression if it is compressed.</summary>
internal interface IByteSource : IDisposable
{
    /// <summary>Fills some of the buffer and returns how much; 0 at the end.</summary>
    /// <exception cref="Domain.InputException">The file cannot be read or is damaged.</exception>
    int Read(Span<byte> buffer);

    /// <summary>Stored bytes that have been taken from the file so far; may be asked from another thread.</summary>
    long StoredPosition { get; }

    /// <summary>The file ended inside a compressed frame, and that was allowed.</summary>
    bool IsTruncated { get; }
}
