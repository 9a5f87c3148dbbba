namespace Fathom.Domain.Values;

/// <summary>Side of an order, of resting interest (bid = buy, ask = sell) or of a trade's aggressor.</summary>
public enum Side : byte
{
    None = 0,
    Buy = 1,
    Sell = 2,
}

/// <summary>What a side means for signs and opposites.</summary>
public static class Sides
{
    /// <summary>The other side; <see cref="Side.None"/> stays.</summary>
    public static Side Opposite(this Side side) => side switch { Side.Buy => Side.Sell, Side.Sell => Side.Buy, _ => Side.None };

    /// <summary>+1 for buy, −1 for sell, 0 for none.</summary>
    public static int Sign(this Side side) => side switch { Side.Buy => 1, Side.Sell => -1, _ => 0 };
}
