using System.Globalization;

namespace Fathom.Host.Configuration.Toml;

/// <summary>Values without quotes and brackets: truth values, integers, floats, dates and times, as TOML 1.0 writes them.</summary>
internal static class TomlBareValue
{
    private const int DateLength = 10;      // 1979-05-27
    private const int TimeLength = 8;       // 07:32:00

    /// <summary>The value that the text is, or null when it is none.</summary>
    public static TomlScalar? Read(string text, ValueOrigin origin)
    {
        if (text is "true" or "false") return new TomlScalar(TomlKind.Boolean, text, origin);
        if (TryInteger(text, out string? integer)) return new TomlScalar(TomlKind.Integer, integer, origin, text);
        if (TryFloat(text, out string? number)) return new TomlScalar(TomlKind.Float, number, origin, text);
        return TryDateOrTime(text, out TomlKind kind, out string moment) ? new TomlScalar(kind, moment, origin, text) : null;
    }

    /// <summary>Looks like an integer, whatever its size: tells an integer out of range from text that is no value at all.</summary>
    public static bool IsLongInteger(string text) => text.Length > 18 && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+');

    private static bool TryInteger(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? integer)
    {
        integer = null;
        (int radix, string digits) = text switch
        {
            ['0', 'x', ..] => (16, text[2..]),
            ['0', 'o', ..] => (8, text[2..]),
            ['0', 'b', ..] => (2, text[2..]),
            _ => (10, WithoutSign(text)),
        };
        if (!TryDigits(digits, radix, out string plain) || (radix == 10 && HasLeadingZero(plain))) return false;

        Int128 value = 0;
        foreach (char c in plain)
        {
            value = value * radix + Convert.ToInt32(c.ToString(), 16);
            if (value > (Int128)long.MaxValue + 1) return false;
        }
        if (text[0] == '-') value = -value;
        if (value > long.MaxValue) return false;
        integer = value.ToString(CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>sign? whole (. fraction)? (e sign? digits)? with a fraction or an exponent; or inf, nan.</summary>
    private static bool TryFloat(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? number)
    {
        number = null;
        string unsigned = WithoutSign(text);
        string sign = text is ['-', ..] ? "-" : "";
        if (unsigned is "inf" or "nan")
        {
            number = unsigned == "nan" ? "nan" : sign + unsigned;
            return true;
        }
        int exponentAt = unsigned.IndexOfAny(['e', 'E']);
        string mantissa = exponentAt < 0 ? unsigned : unsigned[..exponentAt];
        int pointAt = mantissa.IndexOf('.');
        if (exponentAt < 0 && pointAt < 0) return false;

        if (!TryDigits(pointAt < 0 ? mantissa : mantissa[..pointAt], 10, out string whole) || HasLeadingZero(whole)) return false;
        string fraction = "", exponent = "";
        if (pointAt >= 0 && !TryDigits(mantissa[(pointAt + 1)..], 10, out fraction)) return false;
        if (exponentAt >= 0 && !TryDigits(WithoutSign(unsigned[(exponentAt + 1)..]), 10, out exponent)) return false;

        string exponentSign = exponentAt >= 0 && unsigned[exponentAt + 1] == '-' ? "-" : "";
        number = sign + whole + (pointAt < 0 ? "" : "." + fraction) + (exponentAt < 0 ? "" : "e" + exponentSign + exponent);
        return true;
    }

    private static string WithoutSign(string text) => text is ['-' or '+', ..] ? text[1..] : text;

    private static bool HasLeadingZero(string digits) => digits.Length > 1 && digits[0] == '0';

    /// <summary>Digits of the radix with single underscores between them, returned without the underscores.</summary>
    private static bool TryDigits(string text, int radix, out string plain)
    {
        plain = "";
        if (text.Length == 0 || text[0] == '_' || text[^1] == '_' || text.Contains("__", StringComparison.Ordinal)) return false;
        plain = text.Replace("_", "", StringComparison.Ordinal);
        foreach (char c in plain)
            if (!char.IsAsciiHexDigit(c) || Convert.ToInt32(c.ToString(), 16) >= radix) return false;
        return true;
    }

    private static bool TryDateOrTime(string text, out TomlKind kind, out string moment)
    {
        kind = TomlKind.LocalTime;
        moment = text;
        if (IsTime(text, out string zone)) return zone.Length == 0;

        kind = TomlKind.LocalDate;
        if (text.Length < DateLength || !IsDate(text[..DateLength])) return false;
        if (text.Length == DateLength) return true;

        if (text[DateLength] is not ('T' or 't' or ' ') || !IsTime(text[(DateLength + 1)..], out zone) || !IsZone(zone)) return false;
        kind = zone.Length == 0 ? TomlKind.LocalDateTime : TomlKind.OffsetDateTime;
        moment = $"{text[..DateLength]}T{text[(DateLength + 1)..].ToUpperInvariant()}";
        return true;
    }

    private static bool IsDate(string text) =>
        HasShape(text, "0000-00-00") && int.Parse(text[..4]) is int year && int.Parse(text[5..7]) is >= 1 and <= 12 and int month &&
        int.Parse(text[8..10]) is int day && day >= 1 && day <= DateTime.DaysInMonth(year == 0 ? 4 : year, month);      // the year 0 is a leap year

    /// <summary>hh:mm:ss with an optional fraction; what follows is returned as the zone. Second 60 is a leap second.</summary>
    private static bool IsTime(string text, out string zone)
    {
        zone = "";
        if (text.Length < TimeLength || !HasShape(text[..TimeLength], "00:00:00")) return false;
        if (int.Parse(text[..2]) > 23 || int.Parse(text[3..5]) > 59 || int.Parse(text[6..8]) > 60) return false;
        int end = TimeLength;
        if (end < text.Length && text[end] == '.')
        {
            do end++; while (end < text.Length && char.IsAsciiDigit(text[end]));
            if (end == TimeLength + 1) return false;
        }
        zone = text[end..];
        return true;
    }

    private static bool IsZone(string text) =>
        text is "" or "Z" or "z" || (text[0] is '+' or '-' && HasShape(text[1..], "00:00") && int.Parse(text[1..3]) <= 23 && int.Parse(text[4..6]) <= 59);

    /// <summary>0 in the shape stands for any digit.</summary>
    private static bool HasShape(string text, string shape)
    {
        if (text.Length != shape.Length) return false;
        for (int i = 0; i < text.Length; i++)
            if (shape[i] == '0' ? !char.IsAsciiDigit(text[i]) : text[i] != shape[i]) return false;
        return true;
    }
}
