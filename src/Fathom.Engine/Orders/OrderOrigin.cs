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
}
