using Fathom.Domain.Values;

namespace Fathom.Data.Dbn;

/// <summary>
/// What a status record's action means for matching.
/// <code>
/// 1 pre-open, 3 quoting                         → PreOpen     orders may be entered, nothing matches
/// 2 pre-cross, 4 cross, 5 rotation              → Auction
/// 7 trading                                     → Continuous
/// 8 halt, 9 pause, 10 suspend                   → Halted
/// 11 pre-close                                  → Continuous  the close is announced, trading goes on
/// 12 close, 13 post-close, 15 not available     → Closed
/// 0 none, 6 price indication, 14 short-sale restriction, anything else → the state stays
/// </code>
/// </summary>
internal static class DbnTradingStates
{
    public static TradingState From(ushort action, TradingState before) => action switch
    {
        1 or 3 => TradingState.PreOpen,
        2 or 4 or 5 => TradingState.Auction,
        7 or 11 => TradingState.Continuous,
        8 or 9 or 10 => TradingState.Halted,
        12 or 13 or 15 => TradingState.Closed,
        _ => before,
    };
}
