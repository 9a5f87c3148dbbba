using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fathom.Market.Books;

/// <summary>What is rarely needed of one instrument: its levels outside the window, and what decides where the window stands.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BookMargin
{
    /// <summary>Orders' prices that missed the window, the latest of them in a ring.</summary>
    public MissedPrices Missed;
    /// <summary>The definition's tick in nanos; 0 when nobody stated one.</summary>
    public long TickStated;
    /// <summary>Roots of the trees of levels outside the window; 0 when there is none.</summary>
    public int BidRoot, AskRoot;
    public int BidsOutside, AsksOutside;
    public int ArrivalEpoch;
    /// <summary>Appends outside the window since it was last judged.</summary>
    public uint Misses;
    /// <summary>So many misses bring the next judgement.</summary>
    public uint MissesMax;
    /// <summary>The arrival counter when the window was last judged.</summary>
    public uint ArrivalJudged;

    [InlineArray(Length)]
    internal struct MissedPrices
    {
        public const int Length = 16;
        private long _first;
    }
}
