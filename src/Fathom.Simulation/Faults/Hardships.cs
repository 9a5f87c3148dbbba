using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;
using Fathom.Market.Universe;

namespace Fathom.Simulation.Faults;

/// <summary>The faults that strike no single message: what happens to the connection, at the venue behind our back, to the market, to the machine, and what an operator does.</summary>
internal sealed class Hardships(TortureState state, Network network, TruthVenue venue, EngineSeat seat, Judge judge, int owners)
{
    private static readonly Duration s_operatorDelay = Duration.FromMilliseconds(500);
    private static readonly Duration s_rearmDelay = Duration.FromMilliseconds(2_000);
    private long _reconciled;
    private bool _isHalted, _isKilled, _isOver;

    /// <summary>What is going to happen at its time.</summary>
    public Agenda Agenda { get; } = new();

    /// <summary>Nothing reaches the engine before this.</summary>
    public Timestamp StalledUntil { get; private set; } = Timestamp.Earliest;

    /// <summary>An operator says it now.</summary>
    public void Operate(OperatorAction action) => Operate(action, OperatorCommand.AllStrategies, InstrumentId.None, flattens: false);

    private void Operate(OperatorAction action, ushort strategy, InstrumentId instrument, bool flattens)
    {
        OperatorCommand command = new()
        {
            Header = MessageHeader.Create<OperatorCommand>(MessageType.OperatorCommand, source: 0, instrument, state.Now, state.Now),
            Action = action,
            Flattens = flattens ? (byte)1 : (byte)0,
            Strategy = strategy,
            Reason = NoteText.Cut("by the schedule"),
        };
        network.Tell(Messages.AsBytes(in command), TracePlace.Operator);
    }

    /// <summary>Whatever of the pending faults can strike now does, oldest first. After a reconciliation an operator lets go on who may only reduce.</summary>
    public void StrikeWhatCan()
    {
        IReadOnlyList<Fault> pending = state.Faults.Pending;
        for (int i = 0; i < pending.Count && state.Broken is null;)
        {
            Fault fault = pending[i];
            if (!TryStrike(fault)) i++;
            else state.Faults.RemoveAt(i);
        }
        if (seat.Engine.KillSwitch.IsAnyOn && !_isKilled && !_isOver) PlanRearm();
        if (judge.Reconciled == _reconciled) return;
        _reconciled = judge.Reconciled;
        if (judge.IsReducing) Agenda.Add(state.Now + s_operatorDelay, Agenda.Act.Resume);
    }

    /// <summary>Something on the agenda has come.</summary>
    public void Do(Agenda.Item item)
    {
        switch (item.Act)
        {
            case Agenda.Act.Connect:
                network.Connect();
                TellConnection(isConnected: true);
                break;
            case Agenda.Act.Rearm:
                Rearm();
                break;
            case Agenda.Act.Resume:
                Operate(OperatorAction.Resume);
                break;
            case Agenda.Act.Reopen:
                _isHalted = false;
                TellState(item.Instrument, TradingState.Continuous);
                break;
            case Agenda.Act.ChangeBehindOurBack:
                ChangeBehindOurBack(item.Amount);
                break;
        }
    }

    private bool TryStrike(in Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Disconnect or FaultKind.DisconnectWithChanges: return network.IsConnected && Do(fault, Disconnect);
            case FaultKind.Restart: return network.IsConnected && Do(fault, Restart);
            case FaultKind.VenueCancel: return TryCancel(fault, isExternal: false);
            case FaultKind.ExternalCancel: return TryCancel(fault, isExternal: true);
            case FaultKind.ExternalOrder: return TryPlaceExternal(fault);
            case FaultKind.FillMisnamed: return TryMisname(fault);
            case FaultKind.Bust: return venue.Mirror.Fills.Count > 0 && Do(fault, Bust);
            case FaultKind.Correction: return venue.Mirror.Fills.Count > 0 && Do(fault, Correct);
            case FaultKind.Stall: return StalledUntil <= state.Now && Do(fault, Stall);
            case FaultKind.ClockJump: return Do(fault, Jump);
            case FaultKind.Halt: return !_isHalted && TryInstrument(fault.Amount, out _) && Do(fault, Halt);
            case FaultKind.Kill: return !_isKilled && Do(fault, Kill);
            case FaultKind.Resume: return Do(fault, _ => Operate(OperatorAction.Resume));
            case FaultKind.Reconcile: return Do(fault, _ => Operate(OperatorAction.Reconcile));
            default: return false;
        }
    }

    private bool Do(Fault fault, Action<Fault> strike)
    {
        state.NoteStruck(in fault);
        strike(fault);
        return true;
    }

    private Timestamp After(Fault fault) => state.Now + Duration.FromMilliseconds(Math.Max(1, fault.Amount));

    // ---- the connection

    private void Disconnect(Fault fault)
    {
        network.Disconnect(fault.Kind, losesCommands: fault.Amount % 2 == 0);
        TellConnection(isConnected: false);
        if (fault.Kind == FaultKind.DisconnectWithChanges) Agenda.Add(state.Now + Duration.FromMilliseconds(fault.Amount / 2), Agenda.Act.ChangeBehindOurBack, amount: fault.Amount);
        Agenda.Add(After(fault), Agenda.Act.Connect);
    }

    private void TellConnection(bool isConnected)
    {
        VenueConnection connection = new()
        {
            Header = MessageHeader.Create<VenueConnection>(MessageType.VenueConnection, source: 0, InstrumentId.None, state.Now, state.Now),
            Connected = isConnected ? (byte)1 : (byte)0,
        };
        network.Tell(Messages.AsBytes(in connection), TracePlace.Gateway);
    }

    // ---- behind our back

    private void ChangeBehindOurBack(long amount)
    {
        Fault change = new(state.Step, FaultKind.None, amount);
        if (TryPick(amount, isExternal: false, out VenueMirror.LiveOrder order)) venue.Cancel(in order);
        if (TryLevel(change, out InstrumentId instrument, out Side side, out Price price)) venue.PlaceExternal(instrument, side, price, Lots(instrument, 1 + amount % 3));
        if (venue.Mirror.Fills.Count > 0) Bust(change);
        if (venue.Mirror.Fills.Count > 0) Correct(change with { Amount = amount / 2 });
    }

    private bool TryCancel(Fault fault, bool isExternal)
    {
        if (!TryPick(fault.Amount, isExternal, out VenueMirror.LiveOrder order)) return false;
        return Do(fault, _ => venue.Cancel(in order));
    }

    private bool TryPick(long amount, bool isExternal, out VenueMirror.LiveOrder order)
    {
        order = default;
        int count = 0;
        foreach (VenueMirror.LiveOrder live in venue.Mirror.Live)
            if (live.ClientOrderId.IsNone == isExternal) count++;
        if (count == 0) return false;
        long skip = amount % count;
        foreach (VenueMirror.LiveOrder live in venue.Mirror.Live)
        {
            if (live.ClientOrderId.IsNone != isExternal || skip-- > 0) continue;
            order = live;
            return true;
        }
        return false;
    }

    private bool TryPlaceExternal(Fault fault)
    {
        if (!TryLevel(fault, out InstrumentId instrument, out Side side, out Price price)) return false;
        return Do(fault, _ => venue.PlaceExternal(instrument, side, price, Lots(instrument, 1 + fault.Amount % 3)));
    }

    /// <summary>The amount says the side, whether it takes or rests, and the instrument.</summary>
    private bool TryLevel(Fault fault, out InstrumentId instrument, out Side side, out Price price)
    {
        long amount = fault.Amount;
        (side, price) = ((amount & 1) == 0 ? Side.Buy : Side.Sell, Price.None);
        bool takes = (amount & 2) != 0;
        return TryInstrument(amount >> 2, out instrument) && TryBest(instrument, takes ? side.Opposite() : side, out price);
    }

    private bool TryBest(InstrumentId instrument, Side side, out Price price)
    {
        IBookView book = seat.Engine.Market.Books[instrument];
        bool isThere = side == Side.Buy ? book.TryBestBid(out BookLevel level) : book.TryBestAsk(out level);
        price = level.Price;
        return isThere;
    }

    private Quantity Lots(InstrumentId instrument, long count) => new(seat.Engine.Market.Instruments[instrument].Lot.Nanos * count);

    /// <summary>Somebody else takes a few lots, and the fills are told as those of a live order of ours.</summary>
    private bool TryMisname(Fault fault)
    {
        if (!TryPick(fault.Amount / 2, isExternal: false, out VenueMirror.LiveOrder order)) return false;
        Side side = fault.Amount % 2 == 0 ? order.Side : order.Side.Opposite();
        if (!TryBest(order.Instrument, side.Opposite(), out Price price)) return false;
        return Do(fault, _ =>
        {
            network.Misnamed = order.ClientOrderId;
            venue.PlaceExternal(order.Instrument, side, price, Lots(order.Instrument, 8));
        });
    }

    private void Bust(Fault fault)
    {
        IReadOnlyList<OrderReport> fills = venue.Mirror.Fills;
        venue.Bust(fills[(int)(fault.Amount % fills.Count)].ExecutionId);
    }

    private void Correct(Fault fault)
    {
        long amount = fault.Amount;
        IReadOnlyList<OrderReport> fills = venue.Mirror.Fills;
        OrderReport fill = fills[(int)(amount % fills.Count)];
        ref readonly InstrumentDefinition instrument = ref seat.Engine.Market.Instruments[fill.Header.Instrument];
        Price price = new(fill.LastPrice.Nanos + instrument.Tick.Nanos * (1 + amount % 5));
        Quantity quantity = amount % 2 == 0 ? fill.LastQuantity : new Quantity(fill.LastQuantity.Nanos + instrument.Lot.Nanos);
        venue.Correct(fill.ExecutionId, price, quantity);
    }

    private bool TryInstrument(long amount, out InstrumentId instrument)
    {
        Instruments instruments = seat.Engine.Market.Instruments;
        instrument = instruments.Count == 0 ? InstrumentId.None : new InstrumentId((int)(amount % instruments.Count));
        return instruments.Count > 0 && instruments.Contains(instrument);
    }

    // ---- the market and the machine

    private void Stall(Fault fault) => StalledUntil = After(fault);

    private void Jump(Fault fault) => state.Skew += Duration.FromMilliseconds(fault.Amount);

    private void Halt(Fault fault)
    {
        TryInstrument(fault.Amount, out InstrumentId instrument);
        _isHalted = true;
        TellState(instrument, TradingState.Halted);
        Agenda.Add(After(fault), Agenda.Act.Reopen, instrument);
    }

    private void TellState(InstrumentId instrument, TradingState now)
    {
        TradingStateChanged change = new()
        {
            Header = MessageHeader.Create<TradingStateChanged>(MessageType.TradingStateChanged, source: 0, instrument, state.Now, state.Now),
            State = now,
        };
        venue.Take(Messages.AsBytes(in change));
        network.Tell(Messages.AsBytes(in change), TracePlace.Market);
    }

    /// <summary>What was on its way to the engine is lost, what it had sent arrives; a new one is built, and connected.</summary>
    private void Restart(Fault fault)
    {
        network.Disconnect(fault.Kind, losesCommands: false);
        try
        {
            if (seat.Rebuild() is { } difference) state.Break(TortureLaws.Replay, difference);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            state.Break(TortureLaws.Replay, $"The replay throws {exception.GetType().Name}: {exception.Message}");
        }
        state.Counts.Replays++;
        StalledUntil = state.Now;
        TellConnection(isConnected: false);
        Agenda.Add(After(fault), Agenda.Act.Connect);
    }

    // ---- the operator

    /// <summary>The end of the run: the kill switch stays on.</summary>
    public void KillForGood()
    {
        _isOver = true;
        Operate(OperatorAction.Kill);
    }

    /// <summary>Near the end: one strategy or one instrument is stopped, and stays so.</summary>
    /// <param name="which">Any number.</param>
    public void KillPart(long which, out ushort strategy, out InstrumentId instrument)
    {
        _isOver = true;
        Scope(which * 2 + 1, out strategy, out instrument);
        Operate(OperatorAction.Kill, strategy, instrument, flattens: false);
    }

    /// <summary>A number stands for the account, a strategy or an instrument.</summary>
    private void Scope(long which, out ushort strategy, out InstrumentId instrument)
    {
        (strategy, instrument) = (OperatorCommand.AllStrategies, InstrumentId.None);
        long rest = which / 4;
        if (which % 4 == 0) return;
        if (which % 4 == 1) strategy = (ushort)(rest % owners);
        else if (!TryInstrument(rest, out instrument)) instrument = InstrumentId.None;
    }

    /// <summary>Each that is on is turned off, one by one.</summary>
    private void Rearm()
    {
        _isKilled = false;
        foreach (ActiveKill kill in seat.Engine.KillSwitch.Active) Operate(OperatorAction.Rearm, kill.Strategy, kill.Instrument, flattens: false);
    }

    /// <summary>A strategy or a rule has turned a kill switch on: somebody looks, and turns it off again.</summary>
    private void PlanRearm()
    {
        _isKilled = true;
        Agenda.Add(state.Now + s_rearmDelay, Agenda.Act.Rearm);
    }

    private void Kill(Fault fault)
    {
        _isKilled = true;
        Scope(fault.Amount, out ushort strategy, out InstrumentId instrument);
        Operate(OperatorAction.Kill, strategy, instrument, flattens: fault.Amount % 3 == 0);
        Agenda.Add(After(fault), Agenda.Act.Rearm);
    }
}
