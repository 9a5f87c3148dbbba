using System.Runtime.CompilerServices;
using System.Text;

namespace Fathom.Domain.Messages;

/// <summary>A text of a strategy's key-value context as UTF-8 in 64 bytes, NUL padded.</summary>
[InlineArray(Length)]
public struct ContextText
{
    public const int Length = 64;

    private byte _first;

    /// <summary>False when the text is longer than 64 bytes or holds a NUL.</summary>
    public static bool TryFrom(ReadOnlySpan<char> value, out ContextText text)
    {
        text = default;
        return !value.Contains('\0') && Encoding.UTF8.TryGetBytes(value, text, out _);
    }

    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
