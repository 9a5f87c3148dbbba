using System.Buffers.Binary;
using System.Numerics;
using static Fathom.Domain.Hashing.Xxh3Secret;

namespace Fathom.Domain.Hashing;

/// <summary>XXH3-128 of up to 240 bytes, where the specification has a way of its own for each range of lengths.</summary>
internal static class Xxh3Short
{
    public const int LengthMax = 240;

    public static Hash128 Hash(ReadOnlySpan<byte> data) => data.Length switch
    {
        0 => new Hash128(AvalancheStrong(TwoWords(80)), AvalancheStrong(TwoWords(64))),
        <= 3 => HashTo3(data),
        <= 8 => HashTo8(data),
        <= 16 => HashTo16(data),
        <= 128 => HashTo128(data),
        _ => HashTo240(data),
    };

    private static Hash128 HashTo3(ReadOnlySpan<byte> data)
    {
        uint combined = data[^1] | ((uint)data.Length << 8) | ((uint)data[0] << 16) | ((uint)data[data.Length >> 1] << 24);
        uint swapped = BitOperations.RotateLeft(BinaryPrimitives.ReverseEndianness(combined), 13);
        ulong first = Word(0), second = Word(8);
        uint lowSecret = (uint)first ^ (uint)(first >> 32);
        uint highSecret = (uint)second ^ (uint)(second >> 32);
        return new Hash128(AvalancheStrong(highSecret ^ swapped), AvalancheStrong(lowSecret ^ combined));
    }

    private static Hash128 HashTo8(ReadOnlySpan<byte> data)
    {
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(data);
        uint last = BinaryPrimitives.ReadUInt32LittleEndian(data[^4..]);
        ulong value = TwoWords(16) ^ (first | ((ulong)last << 32));
        ulong high = Math.BigMul(value, PrimeFirst + ((ulong)data.Length << 2), out ulong low);
        high += low << 1;
        low ^= high >> 3;
        low = (low ^ (low >> 35)) * PrimeMixSecond;
        return new Hash128(Avalanche(high), low ^ (low >> 28));
    }

    private static Hash128 HashTo16(ReadOnlySpan<byte> data)
    {
        ulong last = Word(data, data.Length - 8);
        ulong mixed = TwoWords(32) ^ Word(data, 0) ^ last;
        ulong other = TwoWords(48) ^ last;
        ulong high = Math.BigMul(mixed, PrimeFirst, out ulong low);
        low += (ulong)(data.Length - 1) << 54;
        high += other + (uint)other * (ulong)(Prime32Second - 1);
        low ^= BinaryPrimitives.ReverseEndianness(high);
        ulong finalHigh = Math.BigMul(low, PrimeSecond, out ulong finalLow) + high * PrimeSecond;
        return new Hash128(Avalanche(finalHigh), Avalanche(finalLow));
    }

    private static Hash128 HashTo128(ReadOnlySpan<byte> data)
    {
        var mixer = new Mixer(data.Length);
        for (int i = (data.Length - 1) >> 5; i >= 0; i--)
            mixer.Add(data.Slice(i * 16, 16), data.Slice(data.Length - i * 16 - 16, 16), i * 32);
        return mixer.Finish(data.Length);
    }

    private static Hash128 HashTo240(ReadOnlySpan<byte> data)
    {
        var mixer = new Mixer(data.Length);
        for (int i = 0; i < 4; i++) mixer.Add(data.Slice(i * 32, 16), data.Slice(i * 32 + 16, 16), i * 32);
        mixer.Avalanche();
        for (int i = 4; i < data.Length >> 5; i++) mixer.Add(data.Slice(i * 32, 16), data.Slice(i * 32 + 16, 16), (i - 4) * 32 + 3);
        mixer.Add(data[^16..], data[^32..^16], 103);
        return mixer.Finish(data.Length);
    }

    /// <summary>The two accumulators of medium lengths.</summary>
    private struct Mixer(int length)
    {
        private ulong _first = (ulong)length * PrimeFirst;
        private ulong _second;

        public void Add(ReadOnlySpan<byte> one, ReadOnlySpan<byte> two, int secretOffset)
        {
            ulong oneFirst = Word(one, 0), oneSecond = Word(one, 8), twoFirst = Word(two, 0), twoSecond = Word(two, 8);
            _first += MultiplyAndFold(oneFirst ^ Word(secretOffset), oneSecond ^ Word(secretOffset + 8));
            _second += MultiplyAndFold(twoFirst ^ Word(secretOffset + 16), twoSecond ^ Word(secretOffset + 24));
            _first ^= twoFirst + twoSecond;
            _second ^= oneFirst + oneSecond;
        }

        public void Avalanche() => (_first, _second) = (Xxh3Secret.Avalanche(_first), Xxh3Secret.Avalanche(_second));

        public readonly Hash128 Finish(int length)
        {
            ulong high = _first * PrimeFirst + _second * PrimeFourth + (ulong)length * PrimeSecond;
            return new Hash128(0 - Xxh3Secret.Avalanche(high), Xxh3Secret.Avalanche(_first + _second));
        }
    }
}
