using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fathom.Market.Books;

/// <summary>
/// The price levels of all instruments in one array, so that an order needs one 32-bit number to know its level, whatever instrument it is of.
/// It is handed out in runs of 64 levels, and beside each run stands one 64-bit word with a bit per occupied level: "the next best price" is then a matter of
/// counting leading zeros, where a search tree would follow pointers.
/// </summary>
internal sealed unsafe class LevelArena : IDisposable
{
    /// <summary>Levels of a run.</summary>
    public const int Run = 64;

    private const int ClassesMax = 16;
    private const int RunsMin = 32;

    private readonly NativeArray<PriceLevel> _levels = new();
    private readonly NativeArray<ulong> _occupied = new();
    private readonly Stack<int>[] _free = new Stack<int>[ClassesMax];
    private int _runsUsed;

    public LevelArena()
    {
        for (int i = 0; i < ClassesMax; i++) _free[i] = new Stack<int>();
        Grow(RunsMin);
    }

    public PriceLevel* Levels => _levels.Items;

    /// <summary>Bit (level mod 64) of word (level / 64) says whether a window's level is occupied.</summary>
    public ulong* Occupied => _occupied.Items;

    /// <summary>Levels that were ever handed out.</summary>
    public int Used => _runsUsed * Run;

    /// <summary>Hands out <paramref name="runs"/> (a power of two) × 64 empty levels in a row. May move all levels.</summary>
    /// <returns>Number of the first one, a multiple of 64.</returns>
    public int Take(int runs)
    {
        if (_free[BitOperations.Log2((uint)runs)].TryPop(out int first)) return first;
        if (_runsUsed + runs > _occupied.Length) Grow(Math.Max(_runsUsed + runs, _occupied.Length + _occupied.Length / 2));
        first = _runsUsed * Run;
        _runsUsed += runs;
        return first;
    }

    /// <summary>Takes levels back, all of them empty.</summary>
    public void Release(int first, int runs)
    {
        for (int level = first; level < first + runs * Run; level++) Levels[level] = default;
        _free[BitOperations.Log2((uint)runs)].Push(first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetOccupied(ulong* occupied, int level) => occupied[level >> 6] |= 1UL << level;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetEmpty(ulong* occupied, int level) => occupied[level >> 6] &= ~(1UL << level);

    /// <summary>The highest occupied level below <paramref name="level"/>, not below <paramref name="first"/> (a multiple of 64).</summary>
    /// <returns><paramref name="first"/> − 1 when there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NextBelow(ulong* occupied, int level, int first)
    {
        int word = level >> 6;
        ulong bits = occupied[word] & ((1UL << level) - 1);
        while (bits == 0)
        {
            if (--word < first >> 6) return first - 1;
            bits = occupied[word];
        }
        return (word << 6) + BitOperations.Log2(bits);
    }

    /// <summary>The highest occupied level of a side's <paramref name="width"/> levels from <paramref name="first"/>; first − 1 when there is none.</summary>
    public static int Highest(ulong* occupied, int first, int width)
    {
        int last = first + width - 1;
        return (occupied[last >> 6] >> last & 1) != 0 ? last : NextBelow(occupied, last, first);
    }

    /// <summary>How many of a side's levels are occupied.</summary>
    public int CountOccupied(int first, int width)
    {
        int count = 0;
        for (int word = first >> 6; word < (first + width) >> 6; word++) count += BitOperations.PopCount(Occupied[word]);
        return count;
    }

    public void Dispose()
    {
        _levels.Dispose();
        _occupied.Dispose();
    }

    private void Grow(int runs)
    {
        _levels.Grow(checked(runs * Run));
        _occupied.Grow(runs);
    }
}
