using System.Text;

namespace Fathom.Domain.Values;

/// <summary>A currency or coin as up to eight ASCII characters ("USD", "USDT"), first character in the lowest byte.</summary>
public readonly record struct CurrencyCode(ulong Packed)
{
    public static CurrencyCode None => default;

    public bool IsNone => Packed == 0;

    /// <summary>Packs 1 to 8 upper-case ASCII letters or digits; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CurrencyCode currency)
    {
        currency = None;
        if (text.Length is 0 or > 8) return false;
        ulong packed = 0;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiLetterUpper(text[i]) && !char.IsAsciiDigit(text[i])) return false;
            packed = packed << 8 | text[i];
        }
        currency = new CurrencyCode(packed);
        return true;
    }

    public override string ToString()
    {
        StringBuilder text = new(8);
        for (ulong rest = Packed; rest != 0; rest >>= 8) text.Append((char)(rest & 0xFF));
        return text.ToString();
    }
}
