using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk.Limits;

/// <summary>Positions with every live order of a side filled, answered by the venue or not. An owner is a strategy's number, or −1 for the account with its external part.</summary>
internal sealed class WorstPositions(Account account, LiveExposure exposure)
{
    /// <summary>Stands where a strategy's number would.</summary>
    internal const int WholeAccount = -1;

    /// <summary>An owner's position with every live order of a side filled, counted in that direction; units of 1e-9.</summary>
    public Int128 Of(int owner, InstrumentId instrument, Side side) => Held(owner, instrument) * side.Sign() + Leaves(owner, instrument, side) + Reduction(owner, instrument, side);

    /// <summary>Signed, over position sides; units of 1e-9.</summary>
    public Int128 Held(int owner, InstrumentId instrument) => owner < 0 ? account.Held(instrument) : account.Strategy(owner).Quantity(instrument).Nanos;

    /// <summary>Sum over position sides without sign; units of 1e-9.</summary>
    public Int128 GrossHeld(int owner, InstrumentId instrument) => owner < 0 ? account.GrossNanos(instrument) : account.Strategy(owner).GrossNanos(instrument);

    /// <summary>What live orders of a side may still fill; those that the venue lets only reduce are left out.</summary>
    public Int128 Leaves(int owner, InstrumentId instrument, Side side) => owner < 0 ? exposure[instrument, side].Nanos : exposure[owner, instrument, side].Nanos;

    /// <summary>Live orders at the venue; those of others are not counted.</summary>
    public int Orders(int owner, InstrumentId instrument) => exposure.Count(owner, instrument);

    /// <summary>What the strategy's own position leaves an order of that side to reduce, units of 1e-9; zero or below for nothing.</summary>
    public long Room(int strategy, InstrumentId instrument, Side side) => -side.Sign() * account.Strategy(strategy).Quantity(instrument).Nanos;

    /// <summary>With everything filled that is live on its side, the command makes the position on which it works smaller, or flat.</summary>
    /// <param name="added">By how much the command makes the reservation of its side larger, units of 1e-9.</param>
    public bool OnlyReduces(in Domain.Messages.OrderCommand command, int owner, long added)
    {
        InstrumentId instrument = command.Header.Instrument;
        Int128 held = owner < 0 ? account.Held(instrument, command.PositionSide) : account.Strategy(owner).Find(instrument, command.PositionSide)?.Position.Quantity.Nanos ?? 0;
        Int128 reducing = 0;
        if (owner >= 0) reducing = exposure.Reducing(owner, instrument, command.Side).Nanos;
        else
            for (int strategy = 0; strategy < account.StrategyCount; strategy++) reducing += exposure.Reducing(strategy, instrument, command.Side).Nanos;
        return Leaves(owner, instrument, command.Side) + reducing + added <= -held * command.Side.Sign();
    }

    /// <summary>Reduce-only orders that the venue watches take a position to nothing at most, however many there are.</summary>
    public Int128 Reduction(int owner, InstrumentId instrument, Side side)
    {
        if (owner < 0) return exposure.IsReducing(instrument) ? ReductionOfAll(instrument, side) : 0;
        long reducing = exposure.Reducing(owner, instrument, side).Nanos;
        return reducing == 0 ? 0 : Math.Min(reducing, Math.Max(Room(owner, instrument, side), 0));
    }

    private Int128 ReductionOfAll(InstrumentId instrument, Side side)
    {
        Int128 sum = 0;
        for (int strategy = 0; strategy < account.StrategyCount; strategy++) sum += Reduction(strategy, instrument, side);
        return sum;
    }
}
