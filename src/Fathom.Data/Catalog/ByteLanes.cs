using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fathom.Data.Catalog;

/// <summary>Four 32-bit numbers in 0, 1, 2 or 4 bytes each, by a control byte that says how many: 2 bits for each, the first number's lowest.</summary>
/// <remarks>After D. Lemire, N. Kurz, C. Rupp, "Stream VByte: Faster byte-oriented integer compression", 2017: lengths stand apart from the bytes, so that sixteen bytes are loaded at once
/// and put in their places by one shuffle, and no branch depends on the data.</remarks>
internal static unsafe class ByteLanes
{
    /// <summary>Bytes that four numbers have, at most; as many are read, whatever they have.</summary>
    public const int LengthMax = 16;

    private static readonly byte* s_lengths = MakeLengths();
    private static readonly Vector128<byte>* s_places = MakePlaces();

    /// <summary>By control byte.</summary>
    public static byte* Lengths => s_lengths;

    /// <summary>By control byte: where in the sixteen bytes each byte of the four numbers stands; 0x80 and above: nowhere, it is zero.</summary>
    public static Vector128<byte>* Places => s_places;

    /// <summary>Bits of a control byte for a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CodeOf(uint number) => number == 0 ? 0 : number <= byte.MaxValue ? 1 : number <= ushort.MaxValue ? 2 : 3;

    /// <summary>Bytes of a number with that code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LengthOf(int code) => code == 3 ? 4 : code;

    private static byte* MakeLengths()
    {
        var lengths = (byte*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc(256, 64);
        for (int control = 0; control < 256; control++)
        {
            int sum = 0;
            for (int lane = 0; lane < 4; lane++) sum += LengthOf(control >> (2 * lane) & 3);
            lengths[control] = (byte)sum;
        }
        return lengths;
    }

    private static Vector128<byte>* MakePlaces()
    {
        var places = (Vector128<byte>*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc(256 * 16, 64);
        for (int control = 0; control < 256; control++)
        {
            var place = (byte*)(places + control);
            int from = 0;
            for (int lane = 0; lane < 4; lane++)
            {
                int length = LengthOf(control >> (2 * lane) & 3);
                for (int i = 0; i < 4; i++) place[4 * lane + i] = (byte)(i < length ? from + i : 0x80);
                from += length;
            }
        }
        return places;
    }
}
