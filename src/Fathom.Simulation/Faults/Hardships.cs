using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;
using Fathom.Market.Universe;
using Fathom.Simulation.Faults.Laws;

namespace Fathom.Simulation.Faults;

/// <summary>The faults that strike no single message: what happens to the connection, at the venue behind our back, to the market, to the machine, and what an operator does.</summary>
internal sealed class Hardships(TortureState state, Network network, TruthVenue venue, EngineSeat seat, Judge judge)
{
    private static readonly Duration s_operatorDelay = Duration.FromMilliseconds(500);
    private static readonly Duration s_rearmDelay = Duration.FromMilliseconds(2_000);
    private const int RearmsMax = 50;      // a rule may turn it on again at once: not for ever
    private readonly HashSet<KilledScope> _planned = [];
    private long _reconciled;
    private int _rearms;
    private bool _isHalted, _isOver;

    /// <summary>What is going to happen at its time.</summary>
    public Agenda Agenda { get; } = new();

    /// <summary>Nothing reaches the engine before this.</summary>
    public Timestamp StalledUntil { get; private set; } = Timestamp.Earliest;

    /// <summary>An operator says it now, of everything.</summary>
    public void Operate(OperatorAction action) => Operate(action, new KilledScope(OperatorCommand.AllStrategies, InstrumentId.None), flattens: false, "by the schedule");

    private void Operate(OperatorAction action, KilledScope scope, bool flattens, string reason)
    {
        OperatorCommand command = new()
        {
            Header = MessageHeader.Create<OperatorCommand>(MessageType.OperatorCommand, source: 0, scope.Instrument, state.Now, state.Now),
            Action = action,
            Strategy = scope.Strategy,
            Flattens = flattens ? (byte)1 : (byte)0,
            Reason = NoteText.Cut(reason),
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
        if (seat.Engine.KillSwitch.IsAnyOn && !_isOver) PlanRearms();
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
                Rearm(new KilledScope((ushort)item.Amount, item.Instrument));
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
            case FaultKind.Kill: return Do(fault, Kill);
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
    public KilledScope KillPart(long which)
    {
        _isOver = true;
        KilledScope scope = ScopeOf(1 + which % 2, which / 2);
        Operate(OperatorAction.Kill, scope, flattens: which % 3 == 0, "by the schedule");
        return scope;
    }

    /// <param name="form">0: the account; 1: a strategy; 2: an instrument; 3: a strategy in an instrument.</param>
    /// <param name="which">Any number.</param>
    private KilledScope ScopeOf(long form, long which)
    {
        int instruments = seat.Engine.Market.Instruments.Count;
        bool isOfStrategy = form is 1 or 3, isOfInstrument = form is 2 or 3 && instruments > 0;
        return new KilledScope(isOfStrategy ? (ushort)(which % judge.StrategyCount) : OperatorCommand.AllStrategies, isOfInstrument ? new InstrumentId((int)(which % instruments)) : InstrumentId.None);
    }

    /// <summary>Kill switches are on: somebody looks at those that a strategy or a rule turned on, and turns them off again.</summary>
    private void PlanRearms()
    {
        foreach (ActiveKill kill in seat.Engine.KillSwitch.Active)
        {
            KilledScope scope = new(kill.Strategy, kill.Instrument);
            if (kill.Cause != KillCause.Operator && _rearms < RearmsMax && _planned.Add(scope)) Plan(state.Now + s_rearmDelay, scope);
        }
    }

    private void Plan(Timestamp due, KilledScope scope)
    {
        _rearms++;
        Agenda.Add(due, Agenda.Act.Rearm, scope.Instrument, scope.Strategy);
    }

    /// <summary>First without saying why, which must not help.</summary>
    private void Rearm(KilledScope scope)
    {
        _planned.Remove(scope);
        if (_rearms % 2 == 0) Operate(OperatorAction.Rearm, scope, flattens: false, "");
        Operate(OperatorAction.Rearm, scope, flattens: false, "by the schedule");
    }

    /// <summary>The amount says of what, whether positions are closed too.</summary>
    private void Kill(Fault fault)
    {
        KilledScope scope = ScopeOf(fault.Amount & 3, fault.Amount >> 3);
        Operate(OperatorAction.Kill, scope, flattens: (fault.Amount & 4) != 0, "by the schedule");
        Plan(After(fault), scope);
    }
}
