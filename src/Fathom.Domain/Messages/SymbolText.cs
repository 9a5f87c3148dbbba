using System.Runtime.CompilerServices;
using System.Text;

namespace Fathom.Domain.Messages;

/// <summary>A symbol as UTF-8 in 72 bytes, NUL padded (DBN's longest is 70 characters).</summary>
[InlineArray(Length)]
public struct SymbolText
{
    public const int Length = 72;

    private byte _first;

    /// <exception cref="ArgumentException">The symbol is longer than 72 bytes.</exception>
    public static SymbolText From(string symbol)
    {
        SymbolText text = default;
        if (!Encoding.UTF8.TryGetBytes(symbol, text, out _))
            throw new ArgumentException($"A symbol has at most {Length} bytes; '{symbol}' is longer.", nameof(symbol));
        return text;
    }

    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
