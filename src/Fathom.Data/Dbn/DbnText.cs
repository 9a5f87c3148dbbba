using System.Text;

namespace Fathom.Data.Dbn;

/// <summary>Fixed-width, NUL-padded text of DBN. It is ASCII by definition; because bytes are untrusted and end on screens, anything else that
/// is not printable ASCII is read as '?'.</summary>
internal static class DbnText
{
    public static string Read(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        if (end >= 0) field = field[..end];
        return string.Create(field.Length, field, static (text, bytes) =>
        {
            for (int i = 0; i < text.Length; i++) text[i] = Printable(bytes[i]);
        });
    }

    public static char Printable(byte letter) => letter is >= 0x20 and < 0x7F ? (char)letter : '?';

    /// <summary>Writes the text and pads with NUL; false when it has no room for the text and one NUL, or the text is not printable ASCII.</summary>
    public static bool TryWrite(ReadOnlySpan<char> text, Span<byte> field)
    {
        field.Clear();
        return text.Length < field.Length && !text.ContainsAnyExceptInRange(' ', '~') && Encoding.ASCII.TryGetBytes(text, field, out _);
    }
}
