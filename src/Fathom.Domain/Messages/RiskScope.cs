namespace Fathom.Domain.Messages;

/// <summary>To what a limit applies.</summary>
public enum RiskScope : byte
{
    None = 0,
    /// <summary>One order.</summary>
    Order = 1,
    /// <summary>What one strategy has in one instrument.</summary>
    StrategyInstrument = 2,
    /// <summary>What the account has in one instrument.</summary>
    Instrument = 3,
    /// <summary>What the account has in one product, over venues and expiries.</summary>
    Product = 4,
    /// <summary>What the account has in a named group of instruments.</summary>
    Group = 5,
    /// <summary>All that one strategy has.</summary>
    Strategy = 6,
    /// <summary>All that there is.</summary>
    Account = 7,
}
