namespace Fathom.Data.Files;

/// <summary>Where the bytes of a file go. Disposed without <see cref="Complete"/>, nothing of it remains.</summary>
internal interface IByteTarget : IDisposable
{
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>All bytes are written: the file takes its name.</summary>
    void Complete();
}
