using Fathom.Domain.Values;

namespace Fathom.Engine.Execution.Liquidation;

/// <summary>What a liquidation looks at before it decides.</summary>
internal record struct LiquidationView
{
    public Timestamp Clock;
    /// <summary>The strategy's own, signed.</summary>
    public Quantity Position;
    /// <summary>What live orders on the side that closes may still fill, at their worst.</summary>
    public long ReservedNanos;
    /// <summary>An order of the strategy lives in the instrument, by whatever want.</summary>
    public bool HasLive;
    /// <summary>One of the liquidation's own does.</summary>
    public bool HasOwn;
    public bool IsTrading;
    /// <summary>The book has two sides, is not crossed and not stale.</summary>
    public bool IsSound;
    /// <summary>The best prices with what stands there; only where the book is sound.</summary>
    public Price Bid, Ask;
    public Quantity BidQuantity, AskQuantity;
    public Price Tick;
    public Quantity Lot;
}
