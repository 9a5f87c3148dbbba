using System.Text.Json;

namespace Fathom.Host.Terminal;

/// <summary>Numbers that JSON does not have.</summary>
public static class JsonNumbers
{
    /// <summary>Writes the number; null when it is NaN or infinite.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
