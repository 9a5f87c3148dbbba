namespace Fathom.Host.Configuration.Toml;

/// <summary>A value without parts. It stays text, so that 0.1 reaches a decimal or a price exactly instead of by way of a binary float.</summary>
/// <param name="kind">Any kind but array and table.</param>
/// <param name="text">String: its content. Integer: decimal digits that fit 64 bits. Float: as written, without underscores and leading plus.
/// Boolean: true or false. Dates and times: RFC 3339 with T and Z in upper case.</param>
/// <param name="origin">Where it was written.</param>
/// <param name="written">The characters that were written, where they are not the text.</param>
public sealed class TomlScalar(TomlKind kind, string text, ValueOrigin origin, string? written = null) : TomlNode(kind, origin)
{
    public string Text { get; } = text;

    /// <summary>Outside strings: exactly the characters that were written (0x1F, 1_000).</summary>
    public string Written { get; } = written ?? text;
}
