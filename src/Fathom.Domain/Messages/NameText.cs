using System.Runtime.CompilerServices;
using System.Text;

namespace Fathom.Domain.Messages;

/// <summary>A short name or key as UTF-8 in 32 bytes, NUL padded.</summary>
[InlineArray(Length)]
public struct NameText : IEquatable<NameText>
{
    public const int Length = 32;

    private byte _first;

    /// <summary>False when the name is longer than 32 bytes or holds a NUL.</summary>
    public static bool TryFrom(ReadOnlySpan<char> name, out NameText text)
    {
        text = default;
        return !name.Contains('\0') && Encoding.UTF8.TryGetBytes(name, text, out _);
    }

    /// <exception cref="ArgumentException">The name is longer than 32 bytes or holds a NUL.</exception>
    public static NameText From(ReadOnlySpan<char> name) =>
        TryFrom(name, out NameText text) ? text : throw new ArgumentException($"A name has at most {Length} bytes and no NUL; found '{name}'.", nameof(name));

    /// <summary>The name, cut as <see cref="CutText"/> cuts where it is longer than 32 bytes.</summary>
    public static NameText Cut(ReadOnlySpan<char> name)
    {
        NameText text = default;
        CutText.Write(name, text);
        return text;
    }

    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    public readonly bool Equals(NameText other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is NameText other && Equals(other);

    public override readonly int GetHashCode() => (int)Hashing.Xxh3.Hash128(this).Low;

    public static bool operator ==(NameText left, NameText right) => left.Equals(right);

    public static bool operator !=(NameText left, NameText right) => !left.Equals(right);
}
