using System.Runtime.CompilerServices;
using System.Text;

namespace Fathom.Domain.Messages;

/// <summary>A sentence as UTF-8 in 256 bytes, NUL padded.</summary>
[InlineArray(Length)]
public struct NoteText
{
    public const int Length = 256;

    private byte _first;

    /// <summary>The text, cut as <see cref="CutText"/> cuts where it is longer than 256 bytes.</summary>
    public static NoteText Cut(ReadOnlySpan<char> text)
    {
        NoteText note = default;
        CutText.Write(text, note);
        return note;
    }

    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
