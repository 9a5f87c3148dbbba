using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Adjust;

/// <summary>What states do to a ladder; the default does nothing.</summary>
internal readonly record struct LadderAdjustment(SideAdjustment Buy, SideAdjustment Sell)
{
    public SideAdjustment this[Side side] => side == Side.Buy ? Buy : Sell;
}
