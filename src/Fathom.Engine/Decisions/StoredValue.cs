using Fathom.Domain;
using Fathom.Domain.Messages;

namespace Fathom.Engine.Decisions;

/// <summary>A value of a <see cref="KeyValueStore"/>: of one kind, and read as that.</summary>
public readonly struct StoredValue
{
    private readonly string? _text;
    private readonly long _bits;

    private StoredValue(ContextValueKind kind, long bits, string? text = null)
    {
        Kind = kind;
        _bits = bits;
        _text = text;
    }

    public ContextValueKind Kind { get; }

    /// <summary>NaN unless it is a double.</summary>
    public double AsDouble => Kind == ContextValueKind.Double ? BitConverter.Int64BitsToDouble(_bits) : double.NaN;

    /// <summary>0 unless it is a whole number.</summary>
    public long AsLong => Kind == ContextValueKind.Long ? _bits : 0;

    /// <summary>False unless it is a truth.</summary>
    public bool AsBool => Kind == ContextValueKind.Bool && _bits != 0;

    /// <summary>Empty unless it is a text.</summary>
    public string AsText => _text ?? "";

    internal static StoredValue Of(double value) => new(ContextValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    internal static StoredValue Of(long value) => new(ContextValueKind.Long, value);

    internal static StoredValue Of(bool value) => new(ContextValueKind.Bool, value ? 1 : 0);

    internal static StoredValue Of(string value) => new(ContextValueKind.Text, 0, value);

    internal static StoredValue Of(in ContextValue message)
    {
        Invariant.Require(message.Kind is > ContextValueKind.None and <= ContextValueKind.Bool, "a stored value has a kind");
        return message.Kind == ContextValueKind.Text ? Of(message.Text.ToString()) : new StoredValue(message.Kind, message.Bits);
    }

    /// <summary>The message that carries the value to the next session.</summary>
    internal ContextValue ToMessage(ushort strategy, string key)
    {
        ContextText.TryFrom(AsText, out ContextText text);
        return new ContextValue { Header = ContextValue.NewHeader(), Strategy = strategy, Kind = Kind, Key = NameText.From(key), Bits = _bits, Text = text };
    }
}
