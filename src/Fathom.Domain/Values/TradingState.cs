namespace Fathom.Domain.Values;

/// <summary>What an instrument's market is doing. The simulated venue matches only in <see cref="Continuous"/> and <see cref="Unknown"/>;
/// crossed books are anomalies only there.</summary>
public enum TradingState : byte
{
    Unknown = 0,
    PreOpen = 1,
    Auction = 2,
    Continuous = 3,
    Halted = 4,
    Closed = 5,
}

/// <summary>What a trading state means for matching.</summary>
public static class TradingStates
{
    /// <summary>Orders trade as they meet, so a crossed book is wrong.</summary>
    public static bool Matches(this TradingState state) => state is TradingState.Continuous or TradingState.Unknown;
}
