using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Fathom.Domain.Values;
using Fathom.Host.Configuration.Toml;

namespace Fathom.Host.Configuration;

/// <summary>The forms of all values that a configuration can hold.</summary>
internal static class ValueForms
{
    public static ValueForm<string> String { get; } = new("text", "\"text\"", TryText, value => Node(TomlKind.String, value));

    /// <summary>A text, a number or a truth value, as text: whoever asks says what it has to be.</summary>
    public static ValueForm<string> Scalar { get; } = new("a text or a number", "14", TryScalar, value => Node(TomlKind.String, value));

    public static ValueForm<bool> Bool { get; } = new("true or false", "true", TryBool, value => Node(TomlKind.Boolean, value ? "true" : "false"));

    public static ValueForm<long> Long { get; } = new("a whole number", "10", TryLong, value => Node(TomlKind.Integer, value.ToString(CultureInfo.InvariantCulture)));

    public static ValueForm<decimal> Decimal { get; } = new("a decimal number of at most 28 digits", "0.25", TryDecimal,
        value => Number(Plain(value)))
    {
        IsLeast = value => value == 0.000000001m,
        Usual = most => most >= 10_000_000_000 ? 1_000 : 0.25m,      // so much is money
    };

    public static ValueForm<Price> Price { get; } = new("a price with at most nine decimals", "64.81", TryPrice, value => Number(value.ToString()))
    {
        IsLeast = value => value.Nanos == 1,
        Usual = _ => Domain.Values.Price.From(0.01m),
    };

    public static ValueForm<Quantity> Quantity { get; } = new("a quantity with at most nine decimals", "10", TryQuantity, value => Number(value.ToString()))
    {
        IsLeast = value => value.Nanos == 1,
        Usual = _ => Domain.Values.Quantity.Units(10),
    };

    public static ValueForm<Duration> Duration { get; } = new("a duration with a unit (ns, us, ms, s, m, h, d)", "\"1ms\"", TryDuration,
        value => Node(TomlKind.String, value.ToString()), SuggestUnit)
    {
        Show = ShowDuration,
        IsLeast = value => value.Nanos == 1,
        Usual = _ => Domain.Values.Duration.FromMilliseconds(1_000),
    };

    public static ValueForm<Timestamp> Timestamp { get; } = new("a time with a zone, or integer nanoseconds since 1970", "2025-10-20T13:30:00Z", TryTimestamp,
        value => Node(TomlKind.OffsetDateTime, value.ToString()), SuggestZone);

    public static ValueForm<CurrencyCode> Currency { get; } = new("a currency of 1 to 8 capital letters or digits", "\"USD\"", TryCurrency, value => Node(TomlKind.String, value.ToString()));

    public static ValueForm<IReadOnlyList<string>> Strings { get; } = new("a list of texts", "[\"a\", \"b\"]", TryStrings, WriteStrings);

    public static ValueForm<IReadOnlyList<decimal>> Decimals { get; } = new("a list of decimal numbers", "[2, 1]", TryDecimals, WriteDecimals);

    private static bool TryText(TomlNode node, [MaybeNullWhen(false)] out string text)
    {
        // Outside a file nobody quotes: --set data.instrument=5602 means the text.
        bool isUnquoted = node.Origin.Layer is ValueLayer.Environment or ValueLayer.Set;
        text = node is TomlScalar scalar && (isUnquoted || scalar.Kind == TomlKind.String) ? scalar.Written : null;
        return text is not null;
    }

    private static bool TryScalar(TomlNode node, [MaybeNullWhen(false)] out string text)
    {
        text = node is TomlScalar { Kind: TomlKind.String } quoted ? quoted.Written : (node as TomlScalar)?.Text;
        return text is not null;
    }

    private static bool TryBool(TomlNode node, out bool value)
    {
        value = node is TomlScalar { Kind: TomlKind.Boolean, Text: "true" };
        return node.Kind == TomlKind.Boolean;
    }

    private static bool TryLong(TomlNode node, out long value)
    {
        value = 0;
        return node is TomlScalar { Kind: TomlKind.Integer } scalar && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Exact or not at all: the framework rounds what has too many digits.</summary>
    private static bool TryDecimal(TomlNode node, out decimal value)
    {
        value = 0;
        if (!IsNumeric(node, out string text)) return false;
        (string mantissa, string exponentText) = text.IndexOf('e', StringComparison.OrdinalIgnoreCase) is >= 0 and int at ? (text[..at], text[(at + 1)..]) : (text, "0");
        if (!int.TryParse(exponentText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent) || Math.Abs((long)exponent) > 100) return false;

        int decimals = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and int point ? mantissa.Length - point - 1 : 0;
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('-', '+').TrimStart('0');
        string significant = digits.TrimEnd('0');
        int scale = decimals - exponent - (digits.Length - significant.Length);
        if (significant.Length > 28 || (significant.Length > 0 && scale > 28)) return false;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryPrice(TomlNode node, out Price price)
    {
        price = default;
        return TryDecimal(node, out decimal value) && Domain.Values.Price.TryParse(Plain(value), out price);
    }

    private static bool TryQuantity(TomlNode node, out Quantity quantity)
    {
        quantity = default;
        return TryDecimal(node, out decimal value) && Domain.Values.Quantity.TryParse(Plain(value), out quantity);
    }

    /// <summary>A TOML number, or one in quotes.</summary>
    private static bool IsNumeric(TomlNode node, out string text)
    {
        text = (node as TomlScalar)?.Text ?? "";
        return node.Kind is TomlKind.Integer or TomlKind.Float || (node.Kind == TomlKind.String && TomlReader.TryReadValue(text, node.Origin, out TomlNode? inner) &&
            inner.Kind is TomlKind.Integer or TomlKind.Float);
    }

    private static bool TryDuration(TomlNode node, out Duration duration)
    {
        duration = default;
        return node is TomlScalar { Kind: TomlKind.String } scalar && Domain.Values.Duration.TryParse(scalar.Text, out duration);
    }

    private static string? SuggestUnit(TomlNode node) =>
        IsNumeric(node, out string text) ? $"\"{text}ms\", or with another unit" : null;

    /// <summary>In the largest unit of which it is a whole number.</summary>
    private static string ShowDuration(Duration duration)
    {
        foreach ((string unit, long nanos) in ((string, long)[])[("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000)])
            if (duration.Nanos >= nanos && duration.Nanos % nanos == 0) return string.Create(CultureInfo.InvariantCulture, $"\"{duration.Nanos / nanos}{unit}\"");
        return $"\"{duration}\"";
    }

    private static bool TryTimestamp(TomlNode node, out Timestamp time)
    {
        time = default;
        return node is TomlScalar { Kind: TomlKind.Integer or TomlKind.String or TomlKind.OffsetDateTime } scalar && Domain.Values.Timestamp.TryParse(scalar.Text, out time);
    }

    /// <summary>The same moment in UTC, when nothing but the zone or the hour is missing.</summary>
    private static string? SuggestZone(TomlNode node)
    {
        string text = (node as TomlScalar)?.Text ?? "";
        string? zoned = new[] { text + "Z", text + "T00:00:00Z" }.FirstOrDefault(guess => Domain.Values.Timestamp.TryParse(guess, out _));
        return zoned is null ? null : $"{zoned.Replace(' ', 'T')} if UTC is meant: without a zone it could be any hour of the day";
    }

    private static bool TryCurrency(TomlNode node, out CurrencyCode currency)
    {
        currency = default;
        return node is TomlScalar { Kind: TomlKind.String } scalar && CurrencyCode.TryParse(scalar.Text, out currency);
    }

    /// <summary>One text stands for a list of one.</summary>
    private static bool TryStrings(TomlNode node, [MaybeNullWhen(false)] out IReadOnlyList<string> texts)
    {
        List<string> read = [];
        IReadOnlyList<TomlNode> items = node is TomlArray array ? array.Items : [node];
        foreach (TomlNode item in items)
            if (TryText(item, out string? text)) read.Add(text);
        texts = read.Count == items.Count ? read : null;
        return texts is not null;
    }

    private static TomlArray WriteStrings(IReadOnlyList<string> texts)
    {
        TomlArray array = new(ValueOrigin.Default);
        foreach (string text in texts) array.Add(Node(TomlKind.String, text));
        return array;
    }

    /// <summary>One number stands for a list of one.</summary>
    private static bool TryDecimals(TomlNode node, [MaybeNullWhen(false)] out IReadOnlyList<decimal> numbers)
    {
        List<decimal> read = [];
        IReadOnlyList<TomlNode> items = node is TomlArray array ? array.Items : [node];
        foreach (TomlNode item in items)
            if (TryDecimal(item, out decimal number)) read.Add(number);
        numbers = read.Count == items.Count ? read : null;
        return numbers is not null;
    }

    private static TomlArray WriteDecimals(IReadOnlyList<decimal> numbers)
    {
        TomlArray array = new(ValueOrigin.Default);
        foreach (decimal number in numbers) array.Add(Number(Plain(number)));
        return array;
    }

    private static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static TomlScalar Number(string text) => Node(text.Contains('.', StringComparison.Ordinal) ? TomlKind.Float : TomlKind.Integer, text);

    private static TomlScalar Node(TomlKind kind, string text) => new(kind, text, ValueOrigin.Default);
}
