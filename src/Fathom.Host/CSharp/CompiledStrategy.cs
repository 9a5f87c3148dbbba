using System.Buffers.Binary;
using System.Text;
using Fathom.Domain.Hashing;

namespace Fathom.Host.CSharp;

/// <summary>What the compiler made of one source file.</summary>
/// <param name="Code">The assembly.</param>
/// <param name="Symbols">Its portable PDB.</param>
/// <param name="Warnings">One line each, as the compiler wrote them.</param>
internal sealed record CompiledStrategy(byte[] Code, byte[] Symbols, IReadOnlyList<string> Warnings)
{
    private const int HeaderLength = 8 + 16 + 3 * 4;
    private static readonly byte[] s_magic = "FATHOMS1"u8.ToArray();

    /// <summary>As bytes of one file, little-endian: magic, XXH3-128 of all that follows it (high, low), three lengths, code, symbols, warnings as UTF-8 lines.</summary>
    public byte[] ToBytes()
    {
        byte[] warnings = Encoding.UTF8.GetBytes(string.Join('\n', Warnings));
        byte[] bytes = new byte[HeaderLength + Code.Length + Symbols.Length + warnings.Length];
        s_magic.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), Code.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), Symbols.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), warnings.Length);
        Code.CopyTo(bytes, HeaderLength);
        Symbols.CopyTo(bytes, HeaderLength + Code.Length);
        warnings.CopyTo(bytes, HeaderLength + Code.Length + Symbols.Length);
        Hash128 hash = Xxh3.Hash128(bytes.AsSpan(24));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), hash.High);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), hash.Low);
        return bytes;
    }

    /// <summary>Null for anything but what <see cref="ToBytes"/> wrote.</summary>
    public static CompiledStrategy? From(byte[] bytes)
    {
        if (bytes.Length < HeaderLength || !bytes.AsSpan(0, 8).SequenceEqual(s_magic)) return null;
        Hash128 stated = new(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)), BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(16)));
        if (Xxh3.Hash128(bytes.AsSpan(24)) != stated) return null;
        int code = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(24)), symbols = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(28));
        string warnings = Encoding.UTF8.GetString(bytes.AsSpan(HeaderLength + code + symbols));
        return new CompiledStrategy(
            bytes.AsSpan(HeaderLength, code).ToArray(), bytes.AsSpan(HeaderLength + code, symbols).ToArray(), warnings.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
