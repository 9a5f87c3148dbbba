using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>What is done to a strategy for the sake of safety: kill switches and emergency liquidations.</summary>
internal sealed partial class StrategySession
{
    private readonly Queue<ActiveKill> _turnedOn = new();
    private readonly LiquidationKeeper _liquidations;

    /// <summary>The strategy turned a kill switch on; what follows from that is still to be done.</summary>
    public bool TryTakeKill(out ActiveKill kill) => _turnedOn.TryDequeue(out kill);

    /// <summary>Withdraws what the strategy wants in an instrument, cancels its orders there, and closes its position down to a size by ordinary orders that only reduce. Until it is over nothing else of the strategy leaves
    /// there. Asked for again while it is at work, the smaller size counts.</summary>
    /// <param name="keep">Zero or above.</param>
    /// <param name="reason">Told with it.</param>
    internal void Liquidate(InstrumentId instrument, Quantity keep, ReasonCode reason)
    {
        bool wasAtWork = _liquidations.IsAtWork(instrument);
        _liquidations.Begin(instrument, keep, reason);
        WasWoken = true;      // what leaves has to be sent, though nobody is woken
        if (!wasAtWork) Pull(instrument);
    }

    /// <summary>The strategy has a position in the instrument.</summary>
    public bool Holds(InstrumentId instrument) => !_context.Position(instrument).IsZero;

    /// <summary>A position of the strategy is being closed in the instrument.</summary>
    internal bool IsLiquidating(InstrumentId instrument) => _liquidations.IsAtWork(instrument);

    /// <summary>The size down to which a position is being closed; None where it is not.</summary>
    internal Quantity KeepOfLiquidation(InstrumentId instrument) => _liquidations.KeepOf(instrument);

    /// <summary>Closing the position was given up: nobody begins it anew by himself.</summary>
    internal bool HasGivenUpLiquidation(InstrumentId instrument) => _liquidations.HasGivenUp(instrument);

    /// <summary>Withdraws what stands in an instrument and cancels the live orders there.</summary>
    public void Pull(InstrumentId instrument)
    {
        _ladders.Withdraw(instrument);
        _targets.Withdraw(instrument);
        _signals.Withdraw(instrument);
        _orders.EndAll(instrument);
        _sender.CancelAll(instrument);
    }

    /// <summary>A kill switch was turned off.</summary>
    public void NoteRearmed()
    {
        _liquidations.NoteRearmed();
        _exits?.NoteRearmed();
    }

    public void Summarize(List<LiquidationSummary> into) => _liquidations.Summarize(into);

    /// <summary>What is filled while a kill switch closes positions is closed too, unless that was given up.</summary>
    private void FollowFill(InstrumentId instrument)
    {
        _liquidations.NoteFill(instrument);
        if (!_services.KillSwitch.FlattensFor(_number, instrument) || _liquidations.IsAtWork(instrument) || _liquidations.HasGivenUp(instrument)) return;
        if (!_context.Position(instrument).IsZero) Liquidate(instrument, Quantity.Zero, ReasonCode.KillSwitch);
    }

    private void Kill(in KillIntent intent)
    {
        ActiveKill kill = new(intent.IsOwn ? _number : KillSwitch.All, intent.Instrument, _context.Clock, KillCause.Strategy, intent.Flattens, intent.Reason);
        if (_services.KillSwitch.TryTurnOn(in kill)) _turnedOn.Enqueue(kill);
    }

    /// <summary>A want that stands is not taken while nothing of it could leave.</summary>
    private Refusal Stopped(InstrumentId instrument)
    {
        if (_services.KillSwitch.IsOnFor(_number, instrument)) return new Refusal(ReasonCode.KillSwitch, 0, 1);
        return Liquidating(instrument);
    }

    /// <summary>An order is not taken either, not even one that would wait here: what waits could bar the way when its time comes. A kill switch alone is the gate's to judge.</summary>
    private Refusal Liquidating(InstrumentId instrument) =>
        _liquidations.IsAtWork(instrument) ? new Refusal(ReasonCode.Liquidation, 0, 1, RiskScope.StrategyInstrument) : Refusal.None;
}
