using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>What the live orders may still buy and sell, by instrument. An order counts in full from its approval until it is terminal, whether or
/// not the venue has answered: that is the reservation of its approval.</summary>
public sealed class LiveExposure
{
    private long[] _buy = [];
    private long[] _sell = [];

    /// <summary>Leaves of all live orders of a side, units of 1e-9.</summary>
    public Quantity this[InstrumentId instrument, Side side]
    {
        get
        {
            long[] leaves = side == Side.Buy ? _buy : _sell;
            return (uint)instrument.Index < (uint)leaves.Length ? new Quantity(leaves[instrument.Index]) : Quantity.Zero;
        }
    }

    internal void Reserve(InstrumentId instrument, Side side, Quantity leaves)
    {
        if (instrument.Index >= _buy.Length) Grow(instrument.Index + 1);
        ref long total = ref (side == Side.Buy ? _buy : _sell)[instrument.Index];
        total = checked(total + leaves.Nanos);
    }

    internal void Release(InstrumentId instrument, Side side, Quantity leaves)
    {
        ref long total = ref (side == Side.Buy ? _buy : _sell)[instrument.Index];
        total -= leaves.Nanos;
        Invariant.Require(total >= 0, "no more is released than was reserved");
    }

    private void Grow(int length)
    {
        length = Math.Max(length, _buy.Length * 2);
        Array.Resize(ref _buy, length);
        Array.Resize(ref _sell, length);
    }
}
