namespace Fathom.Domain.Messages;

/// <summary>What a market-by-order message does to the book.</summary>
public enum BookAction : byte
{
    /// <summary>Nothing; may carry flags.</summary>
    None = 0,
    /// <summary>A new order joins the tail of its price.</summary>
    Add = 1,
    /// <summary>The stated quantity leaves the order (all of it, or a part: it keeps its place).</summary>
    Cancel = 2,
    /// <summary>The order now has this price and quantity.</summary>
    Modify = 3,
    /// <summary>All orders of the instrument leave.</summary>
    Clear = 4,
    /// <summary>A trade; the side is the aggressor's. No effect on the book.</summary>
    Trade = 5,
    /// <summary>A resting order was executed; the side is the resting one. No effect on the book: a cancel or modify of the same event follows.</summary>
    Fill = 6,
    /// <summary>The source used an action that it does not define.</summary>
    Unknown = 7,
}
