using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Adjust;

/// <summary>What a state does to the quotes of one side of a ladder. In a warning those that enlarge the position become smaller and stand back; from critical on there are none but what reduces it.
/// The default does nothing.</summary>
/// <param name="SizeNanos">Part of each quote that a warning leaves, units of 1e-9.</param>
/// <param name="WidenTicks">By how much a quote stands back in a warning.</param>
/// <param name="RoomNanos">From critical on: how much all quotes of the side may be together, units of 1e-9.</param>
internal readonly record struct SideAdjustment(PositionState State, long SizeNanos, int WidenTicks, long RoomNanos)
{
    /// <param name="room">What the position leaves the side to reduce, units of 1e-9; zero or below for nothing.</param>
    public static SideAdjustment Of(PositionState state, long size, int widenTicks, long room) => state switch
    {
        PositionState.Normal => default,
        PositionState.Warning => room > 0 ? default : new SideAdjustment(state, size, widenTicks, 0),
        _ => new SideAdjustment(state, 0, 0, Math.Max(room, 0)),
    };

    public bool IsNone => State == PositionState.Normal;

    /// <summary>The side's quotes may only be so much together.</summary>
    public bool IsCut => State >= PositionState.Critical;

    /// <summary>What is left of one quote, units of 1e-9.</summary>
    public long Quantity(long asked, long lot) => State == PositionState.Warning ? Smaller.Order(State, SizeNanos, room: 0, asked, lot) : asked;

    /// <summary>By how much a quote's price moves away from the market, units of 1e-9.</summary>
    public Int128 StepBack(Price tick) => State == PositionState.Warning ? (Int128)WidenTicks * tick.Nanos : 0;
}
