namespace Fathom.Engine.Risk;

/// <summary>What is done about an order that would meet a live order of the same account, of whichever strategy.</summary>
public enum SelfMatch : byte
{
    /// <summary>It is refused.</summary>
    Refuse = 0,
    /// <summary>The orders that it would meet are canceled in the same step, before it leaves.</summary>
    CancelResting = 1,
}
