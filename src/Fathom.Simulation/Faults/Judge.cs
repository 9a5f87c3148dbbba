using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;

namespace Fathom.Simulation.Faults;

/// <summary>Sees everything that goes into the engine and comes out of it, counts it, and judges it by the laws of every step.</summary>
internal sealed class Judge : IRunObserver
{
    private readonly TortureState _state;
    private readonly LimitLaw _limits;
    private readonly MoneyLaw _money;
    private readonly SortedSet<int> _reducing = [];
    private (int Owner, InstrumentId Instrument)? _moved;
    private readonly KillLaw _kills;
    private bool _hasAdopted;

    public Judge(TortureState state, RiskLimits limits)
    {
        _state = state;
        Orders = new OrderShadows(state);
        Ledger = new ExecutionLedger(Orders.OwnerOf);
        _limits = new LimitLaw(state, limits, Orders, Ledger);
        _money = new MoneyLaw(state, Ledger);
        _kills = new KillLaw(state, Ledger, Orders.OwnerOf);
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

    // ---- what goes in

    /// <summary>An input that the engine is about to take.</summary>
    public void NoteInput(ReadOnlySpan<byte> message)
    {
        _state.Counts.Inputs++;
        _kills.NoteOther();
        switch (Messages.Header(message).Type)
        {
            case MessageType.OrderReport: NoteReport(in Messages.As<OrderReport>(message)); break;
            case MessageType.ExecutionChanged: NoteChanged(in Messages.As<ExecutionChanged>(message)); break;
            case MessageType.VenueOrder: Orders.NoteFound(in Messages.As<VenueOrder>(message)); break;
            case MessageType.OperatorCommand: _kills.Note(in Messages.As<OperatorCommand>(message)); break;
        }
    }

    /// <summary>The engine has taken it.</summary>
    public void JudgeStep(TradingEngine engine)
    {
        Orders.JudgeStep();
        _limits.JudgeStep();
        if (_hasAdopted) _money.Judge(engine);
        else if (_moved is { } moved) _money.Judge(engine, moved.Owner, moved.Instrument);
        (_moved, _hasAdopted) = (null, false);
    }

    public void JudgeMoney(TradingEngine engine) => _money.Judge(engine);

    private void NoteReport(in OrderReport report)
    {
        _state.Counts.Reports++;
        Orders.NoteReport(in report);
        if (report.Kind != ReportKind.Filled || !report.LastQuantity.IsPositive || !Ledger.TryAdd(in report)) return;
        Orders.NoteFill(report.ClientOrderId, report.LastQuantity);
        _moved = (Orders.OwnerOf(report.ClientOrderId), report.Header.Instrument);
    }

    private void NoteChanged(in ExecutionChanged change)
    {
        _state.Counts.Reports++;
        if (change.Side != Side.None && Ledger.TryAdd(in change)) _moved = (Orders.OwnerOf(change.ClientOrderId), change.Header.Instrument);
    }

    // ---- what comes out

    void IRunObserver.OnCommand(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Query) _state.Counts.Queries++;
        else if (command.Kind == CommandKind.Snapshot) _state.Counts.Snapshots++;
        else _state.Counts.Commands++;
        if (command is { Kind: CommandKind.Submit, Reason: ReasonCode.Liquidation }) _state.Counts.Closings++;
        Orders.NoteCommand(in command);
        _kills.Judge(in command);
        _limits.Note(in command);
    }

    void IRunObserver.OnOrder(in OrderEvent change)
    {
        if (change.To == OrderStatus.Unknown && change.From != OrderStatus.Unknown) _state.Counts.Unknowns++;
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

    void IRunObserver.OnKill(in KillEvent kill)
    {
        if (kill.IsOn != 0) _state.Counts.Kills++;
        _kills.Note(in kill);
    }

    void IRunObserver.OnMode(in ModeEvent mode)
    {
        if (mode.To == TradingMode.Normal) _reducing.Remove(mode.Output.Strategy);
        else _reducing.Add(mode.Output.Strategy);
    }
}
