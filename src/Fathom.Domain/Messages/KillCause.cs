namespace Fathom.Domain.Messages;

/// <summary>Who or what turned a kill switch on.</summary>
public enum KillCause : byte
{
    None = 0,
    Operator = 1,
    Strategy = 2,
    /// <summary>Equity fell too far from its peak.</summary>
    Drawdown = 3,
    /// <summary>The day's loss is too large.</summary>
    DailyLoss = 4,
    /// <summary>Too many anomalies within a time.</summary>
    AnomalyRate = 5,
    /// <summary>The venue rejects too much within a time.</summary>
    RejectRate = 6,
    /// <summary>Too many orders of which only the venue knows what they are.</summary>
    UnknownOrders = 7,
    /// <summary>No market data for too long, or a book that is stale or crossed for too long.</summary>
    StaleData = 8,
    /// <summary>A strategy failed.</summary>
    StrategyException = 9,
    /// <summary>More messages of ours to the venue within a second than a strategy in its senses sends.</summary>
    MessageRate = 10,
}
