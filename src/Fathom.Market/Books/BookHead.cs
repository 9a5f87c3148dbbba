using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Market.Books;

/// <summary>
/// What the hot loop needs of one instrument: one cache line. The dense window covers the prices <see cref="Base"/> + t × <see cref="Tick"/>, t from
/// 0 to <see cref="Width"/> − 1, once for each side; the ask side is mirrored, so that on both sides the higher level number is the better price:
/// <code>
/// level number   First ........ First+W ........ First+2W
///                bids, t = 0 …  W−1 │ asks, t = W−1 … 0
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BookHead
{
    public long Base;
    /// <summary>Nanos per step; 0 while there is no window.</summary>
    public long Tick;
    /// <summary>⌈2⁶³ / tick⌉. For off &lt; 2⁶³ the high half of (2·off) × magic is exactly off / tick whenever tick divides off: the error of
    /// the rounded-up reciprocal is below 1 in 2⁶³ and off is below 2⁶³, so it never reaches the next integer.</summary>
    public ulong Magic;
    /// <summary>Price in nanos of the last trade that came while the market matched; that of <see cref="Price.None"/> before the first.</summary>
    public long LastTrade;
    /// <summary>Levels per side, a multiple of 64; 0 while there is no window.</summary>
    public int Width;
    /// <summary>Number of the worst bid's level, a multiple of 64.</summary>
    public int First;
    /// <summary>Best occupied bid level of the window; one below the side's first when there is none.</summary>
    public int BestBid;
    /// <summary>Best occupied ask level of the window; one below the side's first when there is none.</summary>
    public int BestAsk;
    /// <summary>The book is to be looked at for being crossed or locked when best bid + best ask (as level numbers) reach this.</summary>
    public int CrossAt;
    public uint NextArrival;
    public int Orders;
    public bool IsEventOpen;
    public bool IsStale;
    public TradingState State;
    /// <summary>A message with one of these flags is not for the hot loop: those that speak of levels instead of orders, that spoil the book, or heal it.</summary>
    public BookFlags RareFlags;

    public void SetStale(bool isStale)
    {
        IsStale = isStale;
        RareFlags = BookFlags.MaybeBadBook | BookFlags.Aggregated | BookFlags.TopOfBook | (isStale ? BookFlags.Snapshot : BookFlags.None);
    }

    /// <summary>Takes note of a trade. Trades of an auction or a halted market are not prices at which one could have traded.</summary>
    public void NoteTrade(long price)
    {
        if (price != Price.None.Nanos && State.Matches()) LastTrade = price;
    }

    /// <summary>No level outside the window can be better than one inside it. Known while the market matches; false says nothing.</summary>
    public readonly bool IsWindowFirst => CrossAt is > int.MinValue and < int.MaxValue;

    /// <summary>Number of the worst level of a side (0 bid, 1 ask).</summary>
    public readonly int FirstOf(uint side) => First + (side == 0 ? 0 : Width);

    /// <summary>Price in nanos of a level of the window.</summary>
    public readonly long PriceOf(int level) => Base + (level < First + Width ? level - First : First + 2 * Width - 1 - level) * Tick;

    /// <summary>The window's level for a price; false when the price is outside the window or off its steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryLevel(uint side, long price, out int level)
    {
        ulong off = (ulong)(price - Base);      // negative differences wrap to 2⁶² and more, beyond any window
        ulong step = Math.BigMul(off + off, Magic, out _);
        int mirror = -(int)side;
        level = First + ((int)step ^ mirror) + (2 * Width & mirror);
        return step < (ulong)Width && step * (ulong)Tick == off;
    }
}
