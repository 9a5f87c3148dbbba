using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>
/// How close positions, strategies and the account are to what they may bear. Of a position (a strategy's or the account's, in an instrument) count its size against its limit, its volatility and a
/// margin of its own; of a strategy and of the account the drawdowns; of the account its margin. A position is watched from when it is first wanted or held.
/// </summary>
/// <remarks>Judged after executions, when the mark of a watched instrument moved, and when a hold time is over; never when somebody only reads.</remarks>
public sealed class PositionStates
{
    /// <summary>Stands where a strategy's number would.</summary>
    internal const int WholeAccount = -1;

    private readonly Account _account;
    private readonly IRiskReadings _readings;
    private readonly IPositionLimits _limits;
    private readonly AdaptiveLimits? _adaptive;
    private readonly StateRules _rules;
    private readonly bool _judgesOwners, _judgesDrawdown, _judgesDay, _judgesMargin, _judgesPosition, _judgesVolatility;
    private readonly StateMachine[] _owners;
    private readonly List<(int Owner, InstrumentId Instrument)> _open = [];      // those that are not normal
    private readonly List<StateMove> _moves = [];
    private WatchedPosition[]?[] _positions = [];      // by instrument the account's, then the strategies'

    /// <param name="adaptive">Null where limits are as they were stated.</param>
    internal PositionStates(StateOptions options, Account account, IRiskReadings readings, IPositionLimits limits, AdaptiveLimits? adaptive = null)
    {
        (Options, _account, _readings, _limits, _adaptive) = (options, account, readings, limits, adaptive);
        _rules = new StateRules(options);
        (_judgesDrawdown, _judgesDay, _judgesMargin) = (options.Drawdown is not null, options.DayDrawdown is not null, options.Margin is not null);
        (_judgesPosition, _judgesVolatility) = (options.Position is not null, options.Volatility is not null);
        _judgesOwners = _judgesDrawdown || _judgesDay || _judgesMargin;
        _owners = new StateMachine[account.StrategyCount + 1];
    }

    public StateOptions Options { get; }

    /// <summary>The worst of the four that concern it: of the position and of the account's in the instrument, of the strategy and of the account.</summary>
    public PositionState Of(int strategy, InstrumentId instrument) => _open.Count == 0 ? PositionState.Normal : Worst(strategy, instrument).State;

    /// <param name="owner">−1 for the account.</param>
    public PositionState OfOwner(int owner) => _owners[owner + 1].State;

    /// <param name="owner">−1 for the account.</param>
    public PositionState OfPosition(int owner, InstrumentId instrument) => Find(instrument) is { } positions ? positions[owner + 1].Machine.State : PositionState.Normal;

    /// <summary>As <see cref="Of"/>, with the reason. Of equal ones: the account's, the strategy's, the account's in the instrument, the position's.</summary>
    internal StateFinding Worst(int strategy, InstrumentId instrument)
    {
        StateFinding worst = Finding(in _owners[0], RiskScope.Account);
        if (_owners[strategy + 1].State > worst.State) worst = Finding(in _owners[strategy + 1], RiskScope.Strategy);
        if (Find(instrument) is not { } positions) return worst;
        if (positions[0].Machine.State > worst.State) worst = Finding(in positions[0].Machine, RiskScope.Instrument);
        return positions[strategy + 1].Machine.State > worst.State ? Finding(in positions[strategy + 1].Machine, RiskScope.StrategyInstrument) : worst;
    }

    /// <summary>Of one owner in one instrument, or (None) of all that it has: normal where nobody looked.</summary>
    internal StateFinding Finding(int owner, InstrumentId instrument)
    {
        if (instrument.IsNone) return Finding(in _owners[owner + 1], owner < 0 ? RiskScope.Account : RiskScope.Strategy);
        return Find(instrument) is { } positions ? Finding(in positions[owner + 1].Machine, owner < 0 ? RiskScope.Instrument : RiskScope.StrategyInstrument) : default;
    }

    /// <summary>How one owner stands in one instrument, or (None) with all that it has. It reads and judges nothing.</summary>
    /// <remarks>The measure that holds a state where it is has the value that it was last judged by. Volatility is there only where it does that: who asks for it begins to measure it.</remarks>
    internal StateReading Read(int owner, InstrumentId instrument)
    {
        StateMachine machine = instrument.IsNone ? _owners[owner + 1] : Find(instrument)?[owner + 1].Machine ?? default;
        MeasureValues values = instrument.IsNone ? OwnerValues(owner) : MeasureValues.None;
        if (_judgesPosition && !instrument.IsNone) values[RiskMeasure.Position] = new LimitShare().Of(Held(owner, instrument), PositionMax(owner, instrument));
        if (_judgesMargin && owner == WholeAccount) values[RiskMeasure.Margin] = MeasureValues.Of(instrument.IsNone ? _readings.MaintenanceRatio() : _readings.MaintenanceRatio(instrument));
        if (machine.State != PositionState.Normal) values[machine.Measure] = machine.Found;
        List<MeasureReading> measures = [];
        foreach (RiskMeasure measure in _rules.Measures)
            if (values[measure] != MeasureValues.Unknown) measures.Add(new MeasureReading(measure, values[measure], Options.Of(measure)!.Value));
        return new StateReading(machine.State, machine.Measure, machine.State == PositionState.Normal ? Timestamp.None : machine.CalmSince, _rules.Hold, measures);
    }

    /// <summary>Something is not normal.</summary>
    internal bool IsAny => _open.Count > 0;

    /// <summary>When a hold time is over; None when none runs.</summary>
    internal Timestamp NextWake
    {
        get
        {
            Timestamp next = Timestamp.None;
            foreach ((int owner, InstrumentId instrument) in _open) next = Timestamp.Min(next, Machine(owner, instrument).Due(_rules));
            return next;
        }
    }

    internal bool IsWatched(InstrumentId instrument) => Find(instrument) is not null;

    /// <returns>False when it was watched already.</returns>
    internal bool TryWatch(InstrumentId instrument)
    {
        if (IsWatched(instrument)) return false;
        if (instrument.Index >= _positions.Length) Array.Resize(ref _positions, Math.Max(instrument.Index + 1, _positions.Length * 2));
        _positions[instrument.Index] = new WatchedPosition[_owners.Length];
        return true;
    }

    /// <summary>Looks at everything that the mark of an instrument, or an execution in it, may have changed.</summary>
    /// <param name="isEverybody">Owners that hold nothing of it too.</param>
    /// <returns>What changed, in order; valid until the next call.</returns>
    internal ReadOnlySpan<StateMove> Judge(InstrumentId instrument, Timestamp clock, bool isEverybody)
    {
        _moves.Clear();
        if (_judgesOwners) JudgeOwners(instrument, clock, isEverybody);
        if (Find(instrument) is { } positions) JudgePositions(positions, instrument, clock);
        return CollectionsMarshal.AsSpan(_moves);
    }

    /// <summary>Looks at everything that is watched.</summary>
    /// <returns>As the other.</returns>
    internal ReadOnlySpan<StateMove> JudgeAll(Timestamp clock)
    {
        _moves.Clear();
        if (_judgesOwners) JudgeOwners(InstrumentId.None, clock, isEverybody: true);
        for (int index = 0; index < _positions.Length; index++)
            if (_positions[index] is { } positions) JudgePositions(positions, new InstrumentId(index), clock);
        return CollectionsMarshal.AsSpan(_moves);
    }

    /// <summary>Largest position of either sign, as it is in force, units of 1e-9; the largest number for any.</summary>
    internal long PositionMax(int owner, InstrumentId instrument)
    {
        long max = _limits.PositionMax(owner, instrument).Nanos;
        return _adaptive is null ? max : _adaptive.Tighten(max, instrument);
    }

    /// <summary>So much of its limit a position may be to be calm after it was over it, units of 1e-9.</summary>
    internal long CalmPositionNanos => _rules.Calm(RiskMeasure.Position, PositionState.OverLimit);

    /// <summary>Signed, units of 1e-9.</summary>
    internal Int128 Held(int owner, InstrumentId instrument) =>
        owner == WholeAccount ? _account.Held(instrument) : _account.Strategy(owner).Quantity(instrument).Nanos;

    // ---- what a session roll carries

    internal ref readonly StateMachine MachineOf(int owner, InstrumentId instrument) => ref Machine(owner, instrument);

    internal void Restore(int owner, InstrumentId instrument, PositionState state, RiskMeasure measure, Timestamp calmSince)
    {
        if (!instrument.IsNone) TryWatch(instrument);
        Machine(owner, instrument).Restore(state, measure, calmSince);
        if (state != PositionState.Normal) _open.Add((owner, instrument));
    }

    // ---- judging

    private void JudgeOwners(InstrumentId instrument, Timestamp clock, bool isEverybody)
    {
        MeasureValues values = OwnerValues(WholeAccount);
        if (_judgesMargin) values[RiskMeasure.Margin] = MeasureValues.Of(_readings.MaintenanceRatio());
        Move(WholeAccount, InstrumentId.None, ref _owners[0], in values, clock);
        if (!_judgesDrawdown && !_judgesDay) return;
        for (int strategy = 0; strategy < _owners.Length - 1; strategy++)
        {
            bool isConcerned = isEverybody || !_account.Strategy(strategy).Quantity(instrument).IsZero || _owners[strategy + 1].State != PositionState.Normal;
            if (isConcerned) Move(strategy, InstrumentId.None, ref _owners[strategy + 1], OwnerValues(strategy), clock);
        }
    }

    private MeasureValues OwnerValues(int owner)
    {
        MeasureValues values = MeasureValues.None;
        if (_judgesDrawdown) values[RiskMeasure.Drawdown] = MeasureValues.Of(_readings.Drawdown(owner));
        if (_judgesDay) values[RiskMeasure.DayDrawdown] = MeasureValues.Of(_readings.DayDrawdown(owner));
        return values;
    }

    private void JudgePositions(WatchedPosition[] positions, InstrumentId instrument, Timestamp clock)
    {
        for (int owner = WholeAccount; owner < positions.Length - 1; owner++)
        {
            ref WatchedPosition position = ref positions[owner + 1];
            ref StateMachine machine = ref position.Machine;
            Int128 held = Held(owner, instrument);
            bool isConcerned = held != 0 || machine.State != PositionState.Normal || (owner == WholeAccount && _judgesVolatility);
            if (!isConcerned) continue;
            MeasureValues values = MeasureValues.None;
            if (_judgesPosition) values[RiskMeasure.Position] = position.Share.Of(held, PositionMax(owner, instrument));
            if (owner == WholeAccount) MeasureInstrument(instrument, ref values);
            Move(owner, instrument, ref machine, in values, clock);
        }
    }

    private void MeasureInstrument(InstrumentId instrument, ref MeasureValues values)
    {
        if (_judgesMargin) values[RiskMeasure.Margin] = MeasureValues.Of(_readings.MaintenanceRatio(instrument));
        if (!_judgesVolatility) return;
        double usual = _readings.UsualVolatility(instrument);
        if (usual > 0) values[RiskMeasure.Volatility] = MeasureValues.Of(_readings.Volatility(instrument) / usual);
    }

    private void Move(int owner, InstrumentId instrument, ref StateMachine machine, in MeasureValues values, Timestamp clock)
    {
        while (machine.TryMove(_rules, in values, clock, out StateChange change))
        {
            _moves.Add(new StateMove(owner, instrument, change));
            if (change.From == PositionState.Normal) _open.Add((owner, instrument));
            else if (change.To == PositionState.Normal) _open.Remove((owner, instrument));
        }
    }

    private StateFinding Finding(in StateMachine machine, RiskScope scope) => machine.State == PositionState.Normal
        ? default
        : new StateFinding(machine.State, scope, machine.Measure, _rules.Reached(machine.Measure, machine.State), machine.Found);

    private WatchedPosition[]? Find(InstrumentId instrument) => (uint)instrument.Index < (uint)_positions.Length ? _positions[instrument.Index] : null;

    private ref StateMachine Machine(int owner, InstrumentId instrument) =>
        ref instrument.IsNone ? ref _owners[owner + 1] : ref _positions[instrument.Index]![owner + 1].Machine;
}
