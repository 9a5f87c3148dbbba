using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>
/// The states of positions, strategies and the account: each change begins where the last one ended; a state becomes better one step at a time, and no sooner than the hold time after its last change; it is never better than
/// what executions make of the position and the equity; and while one is critical nothing leaves that would enlarge what it concerns.
/// </summary>
/// <param name="options">Null: nobody asked for states.</param>
internal sealed class StateLaw(TortureState state, StateOptions? options, StatedLimits limits, OrderShadows orders, ExecutionLedger ledger, MarkWitness marks, EquityWitness equity)
{
    private const int WholeAccount = -1, AllInstruments = -1;
    private const decimal Rounding = 0.000_000_01m;

    private readonly SortedDictionary<(int Owner, int Instrument), (PositionState State, Timestamp Since)> _states = [];
    private readonly SortedDictionary<int, decimal> _peaks = [];
    private readonly List<OrderCommand> _stopped = [];

    /// <summary>The engine told of a change.</summary>
    public void Note(in RiskStateEvent change)
    {
        (int Owner, int Instrument) key = (OwnerOf(change.Output.Strategy), change.Header.Instrument.IsNone ? AllInstruments : change.Header.Instrument.Index);
        (PositionState before, Timestamp since) = _states.GetValueOrDefault(key, (PositionState.Normal, Timestamp.Earliest));
        Timestamp now = change.Header.EventTime;
        if (change.From != before || change.To == before) state.Break(TortureLaws.States, $"The state of {Name(key)} went from {change.From} to {change.To}; what was told of it last is {before}.");
        if (change.To < before && change.To != before - 1) state.Break(TortureLaws.States, $"The state of {Name(key)} came back from {before} to {change.To} at once.");
        if (change.To < before && options is not null && now - since < options.Hold)
            state.Break(TortureLaws.States, $"The state of {Name(key)} came back to {change.To} {now - since} after it had become {before}; it is held for {options.Hold}.");
        _states[key] = (change.To, now);
    }

    /// <summary>A command leaves.</summary>
    public void Note(in OrderCommand command)
    {
        if (_states.Count > 0 && command.Kind is CommandKind.Submit or CommandKind.Replace && Worst(command.Output.Strategy, command.Header.Instrument.Index) >= PositionState.Critical) _stopped.Add(command);
    }

    /// <summary>The step is over.</summary>
    /// <param name="moved">Where an execution was booked in it, and for whom (−1: nobody of ours); null: nowhere.</param>
    /// <param name="isValued">Money moved: an execution or a mark.</param>
    public void JudgeStep((int Owner, InstrumentId Instrument)? moved, bool isValued)
    {
        if (options is null) return;
        foreach (OrderCommand command in _stopped) JudgeStopped(in command);
        _stopped.Clear();
        if (moved is { } execution && options.Position is { } thresholds)
        {
            JudgePosition(thresholds, WholeAccount, execution.Instrument.Index);
            if (execution.Owner >= 0) JudgePosition(thresholds, execution.Owner, execution.Instrument.Index);
        }
        if (isValued && options.Drawdown is { } drawdown) JudgeDrawdown(drawdown);
    }

    // ---- what is let through

    private void JudgeStopped(in OrderCommand command)
    {
        if (!orders.TryFind(command.ClientOrderId, out OrderShadow order) || order.IsReduceOnly) return;
        bool isSmaller = command.Kind == CommandKind.Replace && command.Quantity <= order.Quantity;
        Int128 leaves = 0;
        foreach (OrderShadow live in orders.Live)
            if (live.IsLive && !live.IsReduceOnly && live.Strategy == order.Strategy && live.Instrument == order.Instrument && live.Side == order.Side) leaves += live.LeavesAt(command.Approval).Nanos;
        if (isSmaller || leaves <= -order.Side.Sign() * ledger.Position(order.Strategy, order.Instrument.Index)) return;
        state.Break(TortureLaws.States, $"{command.Kind} of order {order.Id} ({order.Side} {command.Quantity}) left while a state of it was critical and strategy {order.Strategy} held " +
            $"{new Quantity(ledger.Position(order.Strategy, order.Instrument.Index))}.");
    }

    private PositionState Worst(int strategy, int instrument)
    {
        PositionState worst = PositionState.Normal;
        foreach ((int Owner, int Instrument) key in ((int, int)[])[(strategy, instrument), (strategy, AllInstruments), (WholeAccount, instrument), (WholeAccount, AllInstruments)])
            if (StateOf(key) is var found && found > worst) worst = found;
        return worst;
    }

    private PositionState StateOf((int, int) key) => _states.TryGetValue(key, out (PositionState State, Timestamp) found) ? found.State : PositionState.Normal;

    // ---- what has to be told

    private void JudgePosition(StateThresholds thresholds, int owner, int instrument)
    {
        Quantity most = limits.PositionMax(owner < 0 ? null : owner, marks.SymbolOf(instrument));
        if (most.IsNone) return;
        long held = owner < 0 ? ledger.Position(instrument) : ledger.Position(owner, instrument);
        Hold((owner, instrument), thresholds, (decimal)Int128.Abs(held) / most.Nanos, $"{new Quantity(held)} of {most} held");
    }

    private void JudgeDrawdown(StateThresholds thresholds)
    {
        for (int owner = WholeAccount; owner < limits.StrategyCount; owner++)
        {
            if (equity.Of(owner < 0 ? null : owner) is not { } have) continue;
            decimal peak = Math.Max(_peaks.GetValueOrDefault(owner, equity.Start), have);
            _peaks[owner] = peak;
            if (peak > 0) Hold((owner, AllInstruments), thresholds, (peak - have) / peak - Rounding, $"equity {have:0.######} after {peak:0.######}");
        }
    }

    private void Hold((int, int) key, StateThresholds thresholds, decimal ratio, string found)
    {
        decimal nanos = ratio * Price.Scale;      // as thresholds are
        PositionState worst = nanos >= thresholds.OverLimit ? PositionState.OverLimit : nanos >= thresholds.Critical ? PositionState.Critical
            : nanos >= thresholds.Warning ? PositionState.Warning : PositionState.Normal;
        if (StateOf(key) < worst) state.Break(TortureLaws.States, $"The state of {Name(key)} is {StateOf(key)} with {found}, which is {worst}.");
    }

    private static int OwnerOf(ushort strategy) => strategy == ushort.MaxValue ? WholeAccount : strategy;

    private static string Name((int Owner, int Instrument) key)
    {
        string whose = key.Owner < 0 ? "the account" : $"strategy {key.Owner}";
        return key.Instrument < 0 ? whose : $"{whose} in instrument {key.Instrument}";
    }
}
