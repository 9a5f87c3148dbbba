using Fathom.Domain.Messages;

namespace Fathom.Domain.Ports;

/// <summary>Someone who watches a run: sees every published event, in order, and cannot change the step. Events are valid during the call; whoever needs
/// one longer copies it. What an observer does not override costs it nothing.</summary>
public interface IRunObserver
{
    /// <summary>A command left for the venue.</summary>
    void OnCommand(in OrderCommand command) { }
    /// <summary>An order changed its status, or a want was refused.</summary>
    void OnOrder(in OrderEvent change) { }
    /// <summary>An execution was booked.</summary>
    void OnFill(in FillEvent fill) { }
    /// <summary>An owner's position moved.</summary>
    void OnPosition(in PositionEvent position) { }
    /// <summary>The best prices of an instrument that is or was traded moved.</summary>
    void OnQuote(in QuoteEvent quote) { }
    /// <summary>The account's equity changed.</summary>
    void OnEquity(in EquityEvent equity) { }
    /// <summary>A strategy plots a point. This and the next two come in the middle of its callback: an observer that fails there ends the run, not the strategy.</summary>
    void OnPlot(in PlotEvent plot) { }
    /// <summary>A strategy annotates a moment.</summary>
    void OnAnnotation(in AnnotationEvent annotation) { }
    /// <summary>A strategy logs.</summary>
    void OnLog(in LogEvent entry) { }
    /// <summary>A venue disagreed with what we believed.</summary>
    void OnAnomaly(in AnomalyEvent anomaly) { }
    /// <summary>A reconciliation with a venue began, failed or is done.</summary>
    void OnReconciliation(in ReconciliationEvent reconciliation) { }
    /// <summary>A reconciliation found a difference and settled it.</summary>
    void OnDifference(in DifferenceEvent difference) { }
    /// <summary>A strategy, or the whole account, may from now on trade, or only reduce.</summary>
    void OnMode(in ModeEvent mode) { }
    /// <summary>The state of a position, a strategy or the account changed.</summary>
    void OnRiskState(in RiskStateEvent change) { }
    /// <summary>Risk made a want smaller or more conservative.</summary>
    void OnAdjustment(in AdjustmentEvent adjustment) { }
    /// <summary>A kill switch was turned on or off.</summary>
    void OnKill(in KillEvent kill) { }
}
