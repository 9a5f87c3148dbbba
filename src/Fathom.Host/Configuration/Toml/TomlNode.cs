namespace Fathom.Host.Configuration.Toml;

/// <summary>A value and the place where it was written: a <see cref="TomlScalar"/>, <see cref="TomlArray"/> or <see cref="TomlTable"/>.</summary>
public abstract class TomlNode(TomlKind kind, ValueOrigin origin)
{
    public TomlKind Kind { get; } = kind;

    public ValueOrigin Origin { get; } = origin;

    /// <summary>The value as a TOML literal on one line.</summary>
    public override string ToString() => TomlWriter.Literal(this);
}
