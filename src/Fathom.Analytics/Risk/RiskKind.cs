namespace Fathom.Analytics.Risk;

/// <summary>What risk did.</summary>
public enum RiskKind : byte
{
    /// <summary>A position, a strategy or the account came into another state.</summary>
    State,
    /// <summary>A want was made smaller or more conservative.</summary>
    Adjustment,
    /// <summary>A kill switch was turned on.</summary>
    Kill,
    /// <summary>One was turned off.</summary>
    Rearm,
    /// <summary>An order of an emergency liquidation left.</summary>
    Liquidation,
    /// <summary>An order that closes a position left: a stop loss, take profit, trailing or time stop.</summary>
    Exit,
    /// <summary>An order or a replacement was refused by our own gate.</summary>
    Refusal,
}
