namespace Fathom.Engine.Portfolio.States;

/// <summary>What is done about what is over its limit.</summary>
public enum OverLimitAction : byte
{
    /// <summary>Nothing of our own accord: it may only be reduced.</summary>
    Reduce = 0,
    /// <summary>What is too much is closed by ordinary orders.</summary>
    Liquidate = 1,
}
