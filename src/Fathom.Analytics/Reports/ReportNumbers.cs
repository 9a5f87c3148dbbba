using System.Globalization;
using System.Text.Json;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Reports;

/// <summary>How a report's JSON says numbers, times and words.</summary>
internal static class ReportNumbers
{
    private const long NanosPerMicrosecond = 1_000;

    /// <summary>Null when it is NaN or infinite.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.WriteNumberOrNull(value);
    }

    /// <inheritdoc cref="WriteNumberOrNull(Utf8JsonWriter, string, double)"/>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }

    /// <summary>Milliseconds since 1970, cut to whole microseconds: a page's number has no more digits.</summary>
    public static double Milliseconds(Timestamp time) => time.Nanos / NanosPerMicrosecond / 1e3;

    /// <summary>Exact, without trailing zeros.</summary>
    public static string Money(decimal amount) => amount.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Small letters, parts joined by underscores ("post_only"); empty for none.</summary>
    public static string Word<T>(T value) where T : struct, Enum
    {
        string name = value.ToString();
        return name == "None" ? "" : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }
}
