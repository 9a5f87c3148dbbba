namespace Fathom.Domain.Hashing;

/// <summary>A 128-bit hash value.</summary>
public readonly record struct Hash128(ulong High, ulong Low)
{
    /// <summary>32 lower-case hexadecimal digits, most significant first: the canonical form of xxHash.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
