using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Adjust;

/// <summary>
/// What a state leaves of a quantity. What makes the strategy's own position smaller is never touched. Of what makes it larger a warning leaves a part, in whole lots and at least one: a warning makes
/// wants smaller and does not stop them. Critical and over limit leave nothing.
/// </summary>
/// <remarks>All quantities in units of 1e-9. Nothing here is ever larger than what was asked.</remarks>
internal static class Smaller
{
    private const long One = 1_000_000_000;

    /// <summary>Of one order.</summary>
    /// <param name="size">Part that a warning leaves, units of 1e-9.</param>
    /// <param name="room">How much the order may reduce: the position, where it is on the other side, less what reduces it already.</param>
    /// <param name="asked">Above zero.</param>
    /// <param name="lot">Zero for none.</param>
    /// <returns>Zero for nothing.</returns>
    public static long Order(PositionState state, long size, Int128 room, long asked, long lot)
    {
        long reducing = (long)Int128.Clamp(room, 0, asked);
        if (state == PositionState.Normal || reducing == asked) return asked;
        if (state >= PositionState.Critical) return WholeLots(reducing, lot);
        long left = WholeLots(reducing + Part(asked - reducing, size), lot);
        return left > 0 ? left : Math.Min(asked, Math.Max(lot, 1));
    }

    /// <summary>Of a target position. It is scaled as a whole, so that asking for it again and again comes no nearer to it; what is held already a warning does not take away.</summary>
    /// <param name="size">As of an order.</param>
    /// <param name="position">The strategy's own, signed.</param>
    /// <param name="asked">Signed.</param>
    public static long Target(PositionState state, long size, long position, long asked, long lot)
    {
        bool isOnSide = asked > 0 == position > 0 && position != 0;
        long wanted = Magnitude(asked), held = isOnSide ? Magnitude(position) : 0;
        if (state == PositionState.Normal || wanted <= held) return asked;
        long part = state >= PositionState.Critical ? 0 : Math.Max(WholeLots(Part(wanted, size), lot), Math.Min(wanted, Math.Max(lot, 1)));
        return (asked > 0 ? 1 : -1) * Math.Max(part, held);
    }

    public static long WholeLots(long quantity, long lot) => lot > 0 ? quantity - quantity % lot : quantity;

    private static long Part(long quantity, long size) => (long)((Int128)quantity * size / One);

    private static long Magnitude(long quantity) => quantity == long.MinValue ? long.MaxValue : Math.Abs(quantity);
}
