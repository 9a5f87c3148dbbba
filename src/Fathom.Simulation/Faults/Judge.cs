using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Simulation.Faults.Laws;

namespace Fathom.Simulation.Faults;

/// <summary>Sees everything that goes into the engine and comes out of it, counts it, and judges it by the laws of every step.</summary>
internal sealed class Judge : IRunObserver
{
    private readonly TortureState _state;
    private readonly MarkWitness _marks;
    private readonly LimitLaw _limits;
    private readonly MoneyLaw _money;
    private readonly KillLaw _kills;
    private readonly StateLaw _states;
    private readonly LiquidationLaw _liquidations;
    private readonly SortedSet<int> _reducing = [];
    private (int Owner, InstrumentId Instrument)? _moved;
    private InstrumentId _marked = InstrumentId.None;
    private bool _hasAdopted;

    /// <param name="options">Of the engine that is judged.</param>
    public Judge(TortureState state, EngineOptions options)
    {
        _state = state;
        Orders = new OrderShadows(state);
        Ledger = new ExecutionLedger(Orders.OwnerOf);
        _marks = new MarkWitness(options.Currency, options.Rates);
        StatedLimits limits = new(options);
        StrategyCount = limits.StrategyCount;
        EquityWitness equity = new(Ledger, _marks, options.Cash);
        _limits = new LimitLaw(state, limits, Orders, Ledger, _marks, equity);
        _money = new MoneyLaw(state, Ledger);
        _kills = new KillLaw(state, Orders, Ledger);
        _states = new StateLaw(state, options.States, limits, Orders, Ledger, _marks, equity);
        _liquidations = new LiquidationLaw(state, options.Liquidation, _kills, Orders, Ledger, _marks);
    }

    public OrderShadows Orders { get; }

    /// <summary>The executions that reached the engine.</summary>
    public ExecutionLedger Ledger { get; }

    /// <summary>A reconciliation was begun and is not done.</summary>
    public bool IsReconciling { get; private set; }

    /// <summary>Reconciliations that are done.</summary>
    public long Reconciled { get; private set; }

    /// <summary>Somebody may only reduce, until an operator says otherwise.</summary>
    public bool IsReducing => _reducing.Count > 0;

    /// <summary>Strategies and aggregators.</summary>
    public int StrategyCount { get; }

    public KillLaw Kills => _kills;

    public LiquidationLaw Liquidations => _liquidations;

    // ---- what goes in

    /// <summary>An input that the engine is about to take.</summary>
    public void NoteInput(ReadOnlySpan<byte> message)
    {
        _state.Counts.Inputs++;
        switch (Messages.Header(message).Type)
        {
            case MessageType.OrderReport: NoteReport(in Messages.As<OrderReport>(message)); break;
            case MessageType.ExecutionChanged: NoteChanged(in Messages.As<ExecutionChanged>(message)); break;
            case MessageType.VenueOrder: Orders.NoteFound(in Messages.As<VenueOrder>(message)); break;
            case MessageType.MarketByOrder when Messages.As<MarketByOrder>(message).IsLast: _marked = Messages.Header(message).Instrument; break;
            case MessageType.OperatorCommand: _kills.NoteOperator(in Messages.As<OperatorCommand>(message)); break;
        }
    }

    /// <summary>The engine has taken it.</summary>
    public void JudgeStep(TradingEngine engine)
    {
        bool isMarked = !_marked.IsNone;
        if (isMarked) _marks.Note(engine, _marked);
        _marked = InstrumentId.None;
        if (_hasAdopted) _money.Judge(engine);
        else if (_moved is { } moved) _money.Judge(engine, moved.Owner, moved.Instrument);
        Orders.JudgeStep();
        _limits.JudgeStep(isMarked || _moved is not null || _hasAdopted);
        _kills.JudgeStep();
        _states.JudgeStep(_moved, isMarked || _moved is not null || _hasAdopted);
        _liquidations.JudgeStep();
        Timestamp clock = _state.Now + _state.Skew;
        if (_liquidations.IsOverdue(clock)) _liquidations.JudgeOverdue(engine.Summarize().Liquidations, clock);
        (_moved, _hasAdopted) = (null, false);
    }

    public void JudgeMoney(TradingEngine engine) => _money.Judge(engine);

    private void NoteReport(in OrderReport report)
    {
        _state.Counts.Reports++;
        Orders.NoteReport(in report);
        if (report.Kind == ReportKind.Filled) _limits.NoteBooked(Orders.OwnerOf(report.ClientOrderId));
        if (report.Kind != ReportKind.Filled || !report.LastQuantity.IsPositive || !Ledger.TryAdd(in report)) return;
        Orders.NoteFill(report.ClientOrderId, report.LastQuantity);
        _moved = (Orders.OwnerOf(report.ClientOrderId), report.Header.Instrument);
    }

    private void NoteChanged(in ExecutionChanged change)
    {
        _state.Counts.Reports++;
        _limits.NoteBooked(Orders.OwnerOf(change.ClientOrderId));
        if (change.Side != Side.None && Ledger.TryAdd(in change)) _moved = (Orders.OwnerOf(change.ClientOrderId), change.Header.Instrument);
    }

    // ---- what comes out

    void IRunObserver.OnCommand(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Query) _state.Counts.Queries++;
        else if (command.Kind == CommandKind.Snapshot) _state.Counts.Snapshots++;
        else _state.Counts.Commands++;
        if (command.Reason == ReasonCode.Liquidation) _state.Counts.LiquidationOrders++;
        else if (command.Reason is >= ReasonCode.StopLoss and <= ReasonCode.TimeStop) _state.Counts.ExitOrders++;
        Orders.NoteCommand(in command);
        _kills.Note(in command);
        _states.Note(in command);
        _liquidations.Note(in command);
        _limits.Note(in command);
    }

    void IRunObserver.OnOrder(in OrderEvent change)
    {
        if (change.To == OrderStatus.Unknown && change.From != OrderStatus.Unknown) _state.Counts.Unknowns++;
        if (change.To == OrderStatus.Refused) _state.Counts.Count(change.Reason);
        Orders.NoteChange(in change);
    }

    void IRunObserver.OnFill(in FillEvent fill) => _state.Counts.Fills++;

    void IRunObserver.OnAnomaly(in AnomalyEvent anomaly)
    {
        _state.Counts.Count(anomaly.Kind);
        if (anomaly.Kind == AnomalyKind.LiveAfterClose) Orders.NoteAnnounced(anomaly.ClientOrderId);
    }

    void IRunObserver.OnDifference(in DifferenceEvent difference)
    {
        _state.Counts.Count(difference.Kind);
        if (difference.Kind == DifferenceKind.OrderUnexpected) Orders.NoteAnnounced(difference.ClientOrderId);
        if (difference.Kind != DifferenceKind.PositionDiffers) return;
        Ledger.Adopt(difference.Header.Instrument.Index, difference.Theirs.Nanos - difference.Ours.Nanos);
        _hasAdopted = true;
    }

    void IRunObserver.OnReconciliation(in ReconciliationEvent reconciliation)
    {
        IsReconciling = reconciliation.Stage != ReconciliationStage.Done;
        if (IsReconciling) return;
        Reconciled++;
        _state.Counts.Reconciliations++;
    }

    void IRunObserver.OnMode(in ModeEvent mode)
    {
        if (mode.To == TradingMode.Normal) _reducing.Remove(mode.Output.Strategy);
        else _reducing.Add(mode.Output.Strategy);
    }

    void IRunObserver.OnRiskState(in RiskStateEvent change)
    {
        _state.Counts.StateChanges++;
        _states.Note(in change);
    }

    void IRunObserver.OnAdjustment(in AdjustmentEvent adjustment)
    {
        _state.Counts.Adjustments++;
        bool isLarger = adjustment.Want != AdjustedWant.Target && adjustment.Granted > adjustment.Asked;      // a target may be farther away when less of the way is gone
        if (isLarger) _state.Break(TortureLaws.States, $"Risk made a want of strategy {adjustment.Output.Strategy} larger: {adjustment.Granted} instead of {adjustment.Asked}.");
    }

    void IRunObserver.OnKill(in KillEvent kill)
    {
        if (kill.IsOn != 0) _state.Counts.Count(kill.KilledBy);
        else _state.Counts.Rearms++;
        _kills.Note(in kill);
    }
}
