using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Engine.Loop;

/// <summary>Has the states of positions, strategies and the account judged when what they go by moved, publishes their changes, and brings about what follows: wants are looked at again, orders that
/// enlarge a position end when it may only be reduced, and by configuration what is over its limit is liquidated.</summary>
/// <remarks>A change is in force, for the gate, from when it is published. What follows waits for the end of the step, when nobody is in the middle of anything.</remarks>
/// <param name="states">Null where only limits adapt.</param>
/// <param name="adaptive">Null where limits are as they were stated.</param>
internal sealed class StateKeeper(SessionServices services, StrategySession[] sessions, Account account, PositionStates? states, AdaptiveLimits? adaptive)
{
    private readonly List<StateMove> _moves = [];
    private readonly List<InstrumentId> _filled = [];
    private bool[] _watched = [];
    private Timestamp _wake = Timestamp.None;
    private bool _looksAgain;      // at everything that is over its limit

    public PositionStates? States => states;

    public AdaptiveLimits? Adaptive => adaptive;

    /// <summary>The step is not over: something has to be brought about, or another time to be woken was found.</summary>
    public bool IsDue { get; private set; }

    /// <summary>When a hold time is over; None when none runs.</summary>
    public Timestamp NextWake => _wake;

    private Timestamp Clock => services.Input.Clock;

    /// <summary>The run begins: what is held is watched.</summary>
    public void Start()
    {
        foreach (InstrumentHoldings open in account.Open) Watch(open.Instrument);
        LookAgain();      // what an earlier session was closing it took no plan along of
    }

    /// <summary>A kill switch was turned off, which ended what was closed for it and may have forbidden what the states ask for.</summary>
    public void NoteRearmed() => LookAgain();

    /// <summary>The mark of an instrument moved.</summary>
    public void OnMark(InstrumentId instrument)
    {
        if ((uint)instrument.Index < (uint)_watched.Length && _watched[instrument.Index]) Judge(instrument, isEverybody: false);
    }

    /// <summary>An execution was booked.</summary>
    public void OnFill(InstrumentId instrument)
    {
        if (!TryWatch(instrument)) Judge(instrument, isEverybody: true);
        if (states is not { IsAny: true } || _filled.Contains(instrument)) return;
        _filled.Add(instrument);
        IsDue = true;
    }

    /// <summary>A strategy wants something in an instrument: from here on it is watched.</summary>
    public void Watch(InstrumentId instrument)
    {
        if (services.Stage.State.Instruments.Contains(instrument)) TryWatch(instrument);
    }

    /// <summary>A time has come at which a hold time may be over.</summary>
    public void OnTime(Timestamp now)
    {
        if (states is not null && now >= _wake) Take(states.JudgeAll(now));
    }

    /// <summary>Brings about what follows from the changes of this step.</summary>
    public void Act()
    {
        IsDue = false;
        for (int i = 0; i < _moves.Count; i++) Follow(_moves[i]);
        _moves.Clear();
        foreach (InstrumentId instrument in _filled)
        {
            HoldToPosition(instrument);
            Liquidate(instrument);
        }
        _filled.Clear();
        if (!_looksAgain) return;
        _looksAgain = false;
        foreach (InstrumentHoldings open in account.Open.ToArray()) Liquidate(open.Instrument);
    }

    private void LookAgain()
    {
        if (states is not { IsAny: true }) return;
        _looksAgain = IsDue = true;
    }

    // ---- what a session roll carries

    public void Restore(in CarriedRiskState carried)
    {
        int owner = carried.Strategy == CarriedRiskState.WholeAccount ? PositionStates.WholeAccount : carried.Strategy;
        InstrumentId instrument = carried.Header.Instrument;
        if (owner >= sessions.Length) return;
        if (!instrument.IsNone) MarkWatched(instrument);
        states?.Restore(owner, instrument, carried.State, carried.Measure, carried.CalmSince);
        if (owner == PositionStates.WholeAccount) adaptive?.Restore(instrument, carried.FactorNanos, carried.RisesFromNanos, carried.FactorSince);
        _wake = states?.NextWake ?? Timestamp.None;
    }

    /// <summary>All that there is to say of one owner in one instrument, or (None) of all that it has; false when it is as if nobody had ever looked.</summary>
    public bool TryCarry(int owner, InstrumentId instrument, out CarriedRiskState carried)
    {
        carried = default;
        bool isWatched = instrument.IsNone || ((uint)instrument.Index < (uint)_watched.Length && _watched[instrument.Index]), isAccount = owner == PositionStates.WholeAccount;
        if (!isWatched) return false;
        StateMachine machine = states is null ? default : states.MachineOf(owner, instrument);
        RecoveringFactor factor = !isAccount || adaptive is null ? default : instrument.IsNone ? adaptive.Loss : adaptive.VolatilityOf(instrument);
        bool isNew = machine.State == PositionState.Normal && factor.Nanos == RecoveringFactor.One && (instrument.IsNone || !isAccount);
        if (isNew) return false;
        carried = new CarriedRiskState
        {
            Header = CarryOverBegins.NewHeader<CarriedRiskState>(MessageType.CarriedRiskState, instrument),
            CalmSince = machine.CalmSince,
            Strategy = isAccount ? CarriedRiskState.WholeAccount : (ushort)owner,
            State = machine.State,
            Measure = machine.Measure,
            FactorNanos = factor.Nanos,
            RisesFromNanos = factor.RisesFrom,
            FactorSince = factor.Since,
        };
        return true;
    }

    // ---- judging

    private bool TryWatch(InstrumentId instrument)
    {
        if ((uint)instrument.Index < (uint)_watched.Length && _watched[instrument.Index]) return false;
        MarkWatched(instrument);
        Judge(instrument, isEverybody: true);
        return true;
    }

    private void MarkWatched(InstrumentId instrument)
    {
        if (instrument.Index >= _watched.Length) Array.Resize(ref _watched, Math.Max(instrument.Index + 1, _watched.Length * 2));
        _watched[instrument.Index] = true;
        states?.TryWatch(instrument);
    }

    private void Judge(InstrumentId instrument, bool isEverybody)
    {
        bool isWide = adaptive is not null && adaptive.TryAdvance(instrument, Clock);
        if (states is not null) Take(isWide ? states.JudgeAll(Clock) : states.Judge(instrument, Clock, isEverybody));
    }

    private void Take(ReadOnlySpan<StateMove> moves)
    {
        Timestamp wake = states!.NextWake;
        IsDue |= moves.Length > 0 || wake != _wake;
        _wake = wake;
        foreach (ref readonly StateMove move in moves)
        {
            _moves.Add(move);
            Publish(in move);
        }
    }

    private void Publish(in StateMove move)
    {
        RiskStateEvent change = new()
        {
            Header = MessageHeader.Create<RiskStateEvent>(MessageType.RiskStateEvent, source: 0, move.Instrument, Clock, Clock),
            Output = new OutputHeader { Strategy = move.Owner < 0 ? TradingEngine.ExternalStrategy : (ushort)move.Owner, Account = services.Account },
            From = move.Change.From,
            To = move.Change.To,
            Measure = move.Change.Measure,
            Found = move.Change.Found,
            Threshold = move.Change.Threshold,
        };
        services.Publisher.Publish(ref change);
    }

    // ---- what follows

    private void Follow(in StateMove move)
    {
        StateChange change = move.Change;
        bool isStopped = change.To >= PositionState.Critical && change.To > change.From;
        for (int strategy = 0; strategy < sessions.Length; strategy++)
        {
            if (move.Owner >= 0 && move.Owner != strategy) continue;
            if (isStopped) sessions[strategy].CancelEnlarging(move.Instrument);
            sessions[strategy].NoteRisk(move.Instrument);
        }
        bool isToGo = change.To == PositionState.OverLimit && change.To > change.From && states!.Options.OverLimit == OverLimitAction.Liquidate;
        if (isToGo) Liquidate(in move);
    }

    /// <summary>What only reduced before an execution may be too much after it, where a reduce-only order was filled beside it.</summary>
    private void HoldToPosition(InstrumentId instrument)
    {
        for (int strategy = 0; strategy < sessions.Length; strategy++)
            if (states!.Of(strategy, instrument) >= PositionState.Critical) sessions[strategy].CancelEnlarging(instrument);
    }

    /// <summary>A state became over limit: what follows is begun, or begun anew where it was given up.</summary>
    private void Liquidate(in StateMove move)
    {
        if (move.Change.Measure == RiskMeasure.Volatility) return;
        if (!move.Instrument.IsNone)
        {
            LiquidateIn(move.Instrument, move.Owner, KeepOf(move.Owner, move.Instrument, move.Change.Measure), isAnew: true);
            return;
        }
        foreach (InstrumentHoldings open in account.Open.ToArray()) LiquidateIn(open.Instrument, move.Owner, keep: null, isAnew: true);
    }

    /// <summary>What is over its limit already goes as well: an execution may have brought it back behind the liquidation, and a kill switch or a session roll may have ended that.</summary>
    private void Liquidate(InstrumentId instrument)
    {
        if (states is not { IsAny: true } || states.Options.OverLimit != OverLimitAction.Liquidate) return;
        for (int owner = PositionStates.WholeAccount; owner < sessions.Length; owner++)
        {
            if (IsToGo(states.Finding(owner, InstrumentId.None))) LiquidateIn(instrument, owner, keep: null, isAnew: false);
            StateFinding position = states.Finding(owner, instrument);
            if (IsToGo(in position)) LiquidateIn(instrument, owner, KeepOf(owner, instrument, position.Measure), isAnew: false);
        }
    }

    /// <summary>Volatility alone closes nothing: in the wildest moment that would cost the most.</summary>
    private static bool IsToGo(in StateFinding finding) => finding.State == PositionState.OverLimit && finding.Measure != RiskMeasure.Volatility;

    /// <summary>A position over its limit goes down to where it is calm; what is over by its margin or by losses goes altogether.</summary>
    /// <returns>Largest size that the owner may keep, units of 1e-9; null: everything of it goes.</returns>
    private Int128? KeepOf(int owner, InstrumentId instrument, RiskMeasure measure) =>
        measure == RiskMeasure.Position ? (Int128)states!.PositionMax(owner, instrument) * states.CalmPositionNanos / StateOptions.One : null;

    /// <param name="keep">Largest size that the owner may keep, units of 1e-9; null: everything of it goes.</param>
    /// <param name="isAnew">What is at work or was given up is asked for again.</param>
    private void LiquidateIn(InstrumentId instrument, int owner, Int128? keep, bool isAnew)
    {
        Int128 excess = Int128.Abs(states!.Held(owner, instrument)) - (keep ?? 0);
        int sign = Int128.Sign(states.Held(owner, instrument));
        for (int strategy = 0; strategy < sessions.Length; strategy++)
        {
            if (owner >= 0 && owner != strategy) continue;
            Int128 held = states.Held(strategy, instrument);
            // Those on the account's side go, in the order of the configuration, as far as it has to; where everything has to go, everybody.
            bool isInvolved = held != 0 && (keep is null || (excess > 0 && Int128.Sign(held) == sign));
            if (!isInvolved) continue;
            Int128 kept = keep is null ? 0 : Int128.Max(Int128.Abs(held) - excess, 0);
            Quantity whole = WholeLots((long)kept, instrument);
            Quantity atWork = sessions[strategy].KeepOfLiquidation(instrument);
            if (isAnew || (atWork.IsNone && MayBegin(strategy, instrument, Int128.Abs(held), whole))) sessions[strategy].Liquidate(instrument, whole, ReasonCode.Liquidation);
            else if (!atWork.IsNone) kept = Int128.Min(kept, atWork.Nanos);      // on its way there
            excess -= Int128.Abs(held) - kept;
        }
    }

    /// <summary>Nobody begins anew by himself what was given up, and less than a lot is not closed beside what stays.</summary>
    private bool MayBegin(int strategy, InstrumentId instrument, Int128 held, Quantity keep)
    {
        bool isLot = keep.IsZero || held - keep.Nanos >= services.Stage.State.Instruments[instrument].Lot.Nanos;
        return isLot && !sessions[strategy].HasGivenUpLiquidation(instrument);
    }

    private Quantity WholeLots(long nanos, InstrumentId instrument)
    {
        Quantity lot = services.Stage.State.Instruments[instrument].Lot;
        return new Quantity(lot.IsPositive ? nanos - nanos % lot.Nanos : nanos);
    }
}
