using Fathom.Domain.Ports;

namespace Fathom.Tests.Domain.Segments;

/// <summary>Makes blocks shorter that end with zeros, by leaving these out; others it cannot. Its form: the content without them.</summary>
internal sealed class PartialCompressor : ICompressor
{
    public int Compressed { get; private set; }

    public bool TryCompress(ReadOnlySpan<byte> content, Span<byte> to, out int length)
    {
        ReadOnlySpan<byte> rest = content.TrimEnd((byte)0);
        length = rest.Length;
        if (length > to.Length || length == 0) return false;
        rest.CopyTo(to);
        Compressed++;
        return true;
    }

    public bool TryDecompress(ReadOnlySpan<byte> stored, Span<byte> to)
    {
        if (stored.Length > to.Length) return false;
        to.Clear();
        stored.CopyTo(to);
        return true;
    }
}
