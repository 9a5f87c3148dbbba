using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Fathom.Domain.Hashing.Xxh3Secret;

namespace Fathom.Domain.Hashing;

/// <summary>XXH3 of more than 240 bytes: eight 64-bit accumulators that take in stripes of 64 bytes, and are scrambled after each block of 16.</summary>
/// <remarks>Two paths, one of which the machine chooses: 256-bit vectors or plain integers. Both are integer arithmetic, so they agree to the bit.</remarks>
internal static class Xxh3Stripes
{
    public const int Lanes = 8, StripeLength = 64, BlockLength = StripesPerBlock * StripeLength;
    private const int StripesPerBlock = 16;
    private const int ScrambleOffset = 128, LastStripeOffset = 121, LowOffset = 11, HighOffset = 117;     // into the secret of 192 bytes

    public static void Start(Span<ulong> accumulators)
    {
        ReadOnlySpan<ulong> start = [Prime32Third, PrimeFirst, PrimeSecond, PrimeThird, PrimeFourth, Prime32Second, PrimeFifth, Prime32First];
        start.CopyTo(accumulators);
    }

    /// <summary>Takes in the first 1,024 bytes of the data; for a block that is not the last one.</summary>
    public static void AddBlock(Span<ulong> accumulators, ReadOnlySpan<byte> data)
    {
        AddStripes(accumulators, data, StripesPerBlock, secretOffset: 0);
        Scramble(accumulators);
    }

    /// <summary>Takes in the last block (1 to 1,024 bytes) and the last 64 bytes of all, and folds the accumulators, which are used up, into the hash.</summary>
    public static Hash128 Finish(Span<ulong> accumulators, ReadOnlySpan<byte> block, ReadOnlySpan<byte> lastStripe, ulong length)
    {
        AddStripes(accumulators, block, (block.Length - 1) / StripeLength, secretOffset: 0);
        AddStripes(accumulators, lastStripe, 1, LastStripeOffset);
        return new Hash128(Fold(accumulators, ~(length * PrimeSecond), HighOffset), Fold(accumulators, length * PrimeFirst, LowOffset));
    }

    private static ulong Fold(ReadOnlySpan<ulong> accumulators, ulong start, int secretOffset)
    {
        ulong result = start;
        for (int i = 0; i < Lanes; i += 2)
            result += MultiplyAndFold(accumulators[i] ^ Word(secretOffset + i * 8), accumulators[i + 1] ^ Word(secretOffset + i * 8 + 8));
        return Avalanche(result);
    }

    private static void Scramble(Span<ulong> accumulators)
    {
        for (int i = 0; i < Lanes; i++)
        {
            ulong lane = accumulators[i];
            accumulators[i] = (lane ^ (lane >> 47) ^ Word(ScrambleOffset + i * 8)) * Prime32First;
        }
    }

    private static void AddStripes(Span<ulong> accumulators, ReadOnlySpan<byte> data, int stripes, int secretOffset)
    {
        if (Avx2.IsSupported) AddStripesByVector(accumulators, data, stripes, secretOffset);
        else AddStripesByLane(accumulators, data, stripes, secretOffset);
    }

    /// <summary>Each lane adds the product of the halves of (data xor secret); its neighbour adds the data. The secret moves on by 8 bytes a stripe.</summary>
    private static void AddStripesByLane(Span<ulong> accumulators, ReadOnlySpan<byte> data, int stripes, int secretOffset)
    {
        for (int stripe = 0; stripe < stripes; stripe++)
        {
            for (int i = 0; i < Lanes; i++)
            {
                ulong word = Word(data, stripe * StripeLength + i * 8);
                ulong keyed = word ^ Word(secretOffset + stripe * 8 + i * 8);
                accumulators[i ^ 1] += word;
                accumulators[i] += (keyed & uint.MaxValue) * (keyed >> 32);
            }
        }
    }

    private static void AddStripesByVector(Span<ulong> accumulators, ReadOnlySpan<byte> data, int stripes, int secretOffset)
    {
        // The spans bound every access once, here, so that the loop can read without checks.
        ref byte input = ref MemoryMarshal.GetReference(data[..(stripes * StripeLength)]);
        ref byte secret = ref MemoryMarshal.GetReference(Bytes.Slice(secretOffset, stripes * 8 + StripeLength - 8));
        Vector256<ulong> first = Vector256.Create<ulong>(accumulators[..4]);
        Vector256<ulong> second = Vector256.Create<ulong>(accumulators[4..8]);
        for (nuint stripe = 0; stripe < (nuint)stripes; stripe++)
        {
            first += Contribution(ref input, ref secret, stripe * StripeLength, stripe * 8);
            second += Contribution(ref input, ref secret, stripe * StripeLength + 32, stripe * 8 + 32);
        }
        first.CopyTo(accumulators);
        second.CopyTo(accumulators[4..]);
    }

    /// <summary>What 32 bytes add to four lanes.</summary>
    private static Vector256<ulong> Contribution(ref byte input, ref byte secret, nuint inputOffset, nuint secretOffset)
    {
        Vector256<ulong> words = Vector256.LoadUnsafe(ref input, inputOffset).AsUInt64();
        Vector256<ulong> keyed = words ^ Vector256.LoadUnsafe(ref secret, secretOffset).AsUInt64();
        Vector256<ulong> product = Avx2.Multiply(keyed.AsUInt32(), (keyed >> 32).AsUInt32());
        return product + Vector256.Shuffle(words, Vector256.Create(1UL, 0, 3, 2));
    }
}
