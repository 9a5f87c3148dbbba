using System.Buffers;
using System.Text.Unicode;

namespace Fathom.Domain.Messages;

/// <summary>Text into a fixed number of bytes, for words that describe and decide nothing: what is too long is cut instead of refused.</summary>
public static class CutText
{
    private static ReadOnlySpan<byte> Ellipsis => "…"u8;

    /// <summary>Writes the text as UTF-8. One that does not fit is cut between two characters and ends with "…" (without it where not even that fits). A NUL becomes
    /// a space, half of a surrogate pair U+FFFD.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (Utf8.FromUtf16(text, destination, out _, out int written) == OperationStatus.DestinationTooSmall && destination.Length >= Ellipsis.Length)
        {
            Utf8.FromUtf16(text, destination[..^Ellipsis.Length], out _, out written);
            Ellipsis.CopyTo(destination[written..]);
            written += Ellipsis.Length;
            destination[written..].Clear();      // of what was there of the whole text
        }
        destination[..written].Replace((byte)0, (byte)' ');
        return written;
    }
}
