namespace Fathom.Domain.Messages;

/// <summary>What a strategy's orders may do.</summary>
public enum TradingMode : byte
{
    Normal = 0,
    /// <summary>Only make its positions smaller.</summary>
    ReduceOnly = 1,
}
