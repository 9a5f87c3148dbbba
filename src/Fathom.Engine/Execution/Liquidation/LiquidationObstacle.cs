namespace Fathom.Engine.Execution.Liquidation;

/// <summary>Why a liquidation does not go on at the moment, or did not end flat.</summary>
public enum LiquidationObstacle : byte
{
    None = 0,
    /// <summary>An order of it, or one that is being canceled, may still be filled.</summary>
    Unanswered = 1,
    /// <summary>The next order is not due yet.</summary>
    Pace = 2,
    /// <summary>The instrument does not trade.</summary>
    Halted = 3,
    /// <summary>The book has no other side, or is crossed or stale.</summary>
    NoMarket = 4,
    /// <summary>The other side is beyond the floor.</summary>
    Floor = 5,
    /// <summary>The gate refuses its orders, or the venue rejects them.</summary>
    Rejected = 6,
    /// <summary>Orders were sent within the floor and found nothing.</summary>
    NoLiquidity = 7,
    /// <summary>The kill switch that asked for it was turned off.</summary>
    Rearmed = 8,
    /// <summary>What is left cannot be sent: <c>quantity_max</c> is less than a lot, or than a rest that is no whole lot.</summary>
    OddLot = 9,
}
