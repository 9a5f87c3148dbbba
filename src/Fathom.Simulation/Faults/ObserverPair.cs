using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Simulation.Faults;

/// <summary>Two who watch the same: what the judge sees, the trace sees after it.</summary>
internal sealed class ObserverPair(IRunObserver first, IRunObserver second) : IRunObserver
{
    public void OnCommand(in OrderCommand command)
    {
        first.OnCommand(in command);
        second.OnCommand(in command);
    }

    public void OnOrder(in OrderEvent change)
    {
        first.OnOrder(in change);
        second.OnOrder(in change);
    }

    public void OnFill(in FillEvent fill)
    {
        first.OnFill(in fill);
        second.OnFill(in fill);
    }

    public void OnAnomaly(in AnomalyEvent anomaly)
    {
        first.OnAnomaly(in anomaly);
        second.OnAnomaly(in anomaly);
    }

    public void OnReconciliation(in ReconciliationEvent reconciliation)
    {
        first.OnReconciliation(in reconciliation);
        second.OnReconciliation(in reconciliation);
    }

    public void OnDifference(in DifferenceEvent difference)
    {
        first.OnDifference(in difference);
        second.OnDifference(in difference);
    }

    public void OnMode(in ModeEvent mode)
    {
        first.OnMode(in mode);
        second.OnMode(in mode);
    }

    public void OnRiskState(in RiskStateEvent change)
    {
        first.OnRiskState(in change);
        second.OnRiskState(in change);
    }

    public void OnAdjustment(in AdjustmentEvent adjustment)
    {
        first.OnAdjustment(in adjustment);
        second.OnAdjustment(in adjustment);
    }

    public void OnKill(in KillEvent kill)
    {
        first.OnKill(in kill);
        second.OnKill(in kill);
    }
}
