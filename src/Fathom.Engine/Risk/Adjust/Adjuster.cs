using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Engine.Risk.Adjust;

/// <summary>Says what the states of positions, strategies and the account leave of wants. It changes nothing.</summary>
internal sealed class Adjuster(PositionStates states, Account account, LiveExposure exposure)
{
    private readonly long _size = states.Options.WarningSizeNanos;

    /// <summary>Nothing is anything but normal: there is nothing to adjust.</summary>
    public bool IsIdle => !states.IsAny;

    /// <summary>Of one more order.</summary>
    public Adjustment Order(int strategy, InstrumentId instrument, Side side, Quantity asked, Quantity lot)
    {
        StateFinding finding = states.Worst(strategy, instrument);
        if (finding.State == PositionState.Normal) return Adjustment.None(asked);
        Int128 live = (Int128)exposure[strategy, instrument, side].Nanos + exposure.Reducing(strategy, instrument, side).Nanos;
        long granted = Smaller.Order(finding.State, _size, Room(strategy, instrument, side) - live, asked.Nanos, lot.Nanos);
        return Of(asked, granted, in finding);
    }

    /// <summary>Of a target position.</summary>
    /// <param name="asked">Signed.</param>
    public Adjustment Target(int strategy, InstrumentId instrument, Quantity asked, Quantity lot)
    {
        StateFinding finding = states.Worst(strategy, instrument);
        if (finding.State == PositionState.Normal) return Adjustment.None(asked);
        long position = account.Strategy(strategy).Quantity(instrument).Nanos;
        return Of(asked, Smaller.Target(finding.State, _size, position, asked.Nanos, lot.Nanos), in finding);
    }

    /// <summary>Of a ladder's quotes.</summary>
    /// <param name="why">With the numbers of the state that does it; none where nothing is done.</param>
    public LadderAdjustment Ladder(int strategy, InstrumentId instrument, out Refusal why)
    {
        StateFinding finding = states.Worst(strategy, instrument);
        why = Why(in finding);
        if (why.IsNone) return default;
        int widen = states.Options.WarningWiden;
        return new LadderAdjustment(
            SideAdjustment.Of(finding.State, _size, widen, Room(strategy, instrument, Side.Buy)), SideAdjustment.Of(finding.State, _size, widen, Room(strategy, instrument, Side.Sell)));
    }

    /// <summary>Why a state leaves less than what was asked: none in normal.</summary>
    internal static Refusal Why(in StateFinding finding) => finding.State == PositionState.Normal
        ? Refusal.None
        : new Refusal(finding.State == PositionState.Warning ? ReasonCode.StateWarning : ReasonCode.StateReducesOnly, finding.Threshold, finding.Found, finding.Scope);

    private static Adjustment Of(Quantity asked, long granted, in StateFinding finding) =>
        granted == asked.Nanos ? Adjustment.None(asked) : new Adjustment(new Quantity(granted), Why(in finding)) { State = finding.State };

    private long Room(int strategy, InstrumentId instrument, Side side) => -side.Sign() * account.Strategy(strategy).Quantity(instrument).Nanos;
}
