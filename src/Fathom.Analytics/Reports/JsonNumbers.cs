using System.Text.Json;

namespace Fathom.Analytics.Reports;

/// <summary>Numbers that JSON does not have.</summary>
public static class JsonNumbers
{
    /// <summary>Writes the number; null when it is NaN or infinite.</summary>
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
}
