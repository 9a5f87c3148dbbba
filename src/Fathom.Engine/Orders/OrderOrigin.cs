namespace Fathom.Engine.Orders;

/// <summary>Which form of want an order comes from.</summary>
public enum OrderOrigin : byte
{
    /// <summary>The strategy asked for this very order.</summary>
    Intent = 0,
    /// <summary>A quote ladder.</summary>
    Ladder = 1,
    /// <summary>A target position, or a signal, which becomes one.</summary>
    Target = 2,
    /// <summary>A stop or take profit that the engine keeps for a position.</summary>
    Exit = 3,
    /// <summary>The emergency liquidation of a position.</summary>
    Liquidation = 4,
}
