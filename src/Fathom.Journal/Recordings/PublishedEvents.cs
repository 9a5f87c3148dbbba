using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Journal.Recordings;

/// <summary>Everything that an engine publishes, as bytes in the order published.</summary>
public sealed class PublishedEvents(IMessageSink sink) : IRunObserver
{
    public void OnCommand(in OrderCommand command) => sink.Write(Messages.AsBytes(in command));

    public void OnOrder(in OrderEvent change) => sink.Write(Messages.AsBytes(in change));

    public void OnFill(in FillEvent fill) => sink.Write(Messages.AsBytes(in fill));

    public void OnPosition(in PositionEvent position) => sink.Write(Messages.AsBytes(in position));

    public void OnQuote(in QuoteEvent quote) => sink.Write(Messages.AsBytes(in quote));

    public void OnEquity(in EquityEvent equity) => sink.Write(Messages.AsBytes(in equity));

    public void OnPlot(in PlotEvent plot) => sink.Write(Messages.AsBytes(in plot));

    public void OnAnnotation(in AnnotationEvent annotation) => sink.Write(Messages.AsBytes(in annotation));

    public void OnLog(in LogEvent entry) => sink.Write(Messages.AsBytes(in entry));

    public void OnAnomaly(in AnomalyEvent anomaly) => sink.Write(Messages.AsBytes(in anomaly));

    public void OnReconciliation(in ReconciliationEvent reconciliation) => sink.Write(Messages.AsBytes(in reconciliation));

    public void OnDifference(in DifferenceEvent difference) => sink.Write(Messages.AsBytes(in difference));

    public void OnMode(in ModeEvent mode) => sink.Write(Messages.AsBytes(in mode));

    public void OnRiskState(in RiskStateEvent change) => sink.Write(Messages.AsBytes(in change));

    public void OnAdjustment(in AdjustmentEvent adjustment) => sink.Write(Messages.AsBytes(in adjustment));

    public void OnKill(in KillEvent kill) => sink.Write(Messages.AsBytes(in kill));
}
