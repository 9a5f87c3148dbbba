using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Engine.Decisions;

namespace Fathom.Engine.Loop;

/// <summary>Numbers everything that the engine puts out, remembers the newest, and shows it to the subscribers in that order. Commands, changes of orders and fills
/// are part of the fingerprint; what only describes them (quotes, positions, equity, what strategies write) follows from them and is not.</summary>
internal sealed class Publisher(IReadOnlyList<IRunObserver> subscribers, Fingerprint fingerprint) : INotePublisher
{
    private readonly IRunObserver[] _subscribers = [.. subscribers];
    private long _sequence;
    private long _cause;
    private int _indexInStep;
    private long _descriptions;
    private int _descriptionsInStep;

    public EventHistory History { get; } = new();

    /// <param name="cause">Number of the input.</param>
    public void BeginStep(long cause)
    {
        _cause = cause;
        _indexInStep = 0;
        _descriptionsInStep = 0;
    }

    /// <summary>Sequence of the newest output.</summary>
    public long Outputs => _sequence;

    /// <summary>Sequence of the newest output that only describes.</summary>
    public long Descriptions => _descriptions;

    /// <summary>Goes on from where an earlier session was.</summary>
    public void Restore(long outputs, long descriptions) => (_sequence, _descriptions) = (outputs, descriptions);

    public void Publish(ref OrderCommand command)
    {
        Number(ref command.Output);
        fingerprint.AddOutput(Messages.AsBytes(in command));
        History.Add(Messages.AsBytes(in command));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnCommand(in command);
    }

    public void Publish(ref OrderEvent change)
    {
        Number(ref change.Output);
        fingerprint.AddOutput(Messages.AsBytes(in change));
        History.Add(Messages.AsBytes(in change));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnOrder(in change);
    }

    public void Publish(ref FillEvent fill)
    {
        Number(ref fill.Output);
        fingerprint.AddOutput(Messages.AsBytes(in fill));
        History.Add(Messages.AsBytes(in fill));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnFill(in fill);
    }

    public void Publish(ref PositionEvent position)
    {
        NumberDescription(ref position.Output);
        History.Add(Messages.AsBytes(in position));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnPosition(in position);
    }

    public void Publish(ref QuoteEvent quote)
    {
        NumberDescription(ref quote.Output);
        History.Add(Messages.AsBytes(in quote));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnQuote(in quote);
    }

    public void Publish(ref EquityEvent equity)
    {
        NumberDescription(ref equity.Output);
        History.Add(Messages.AsBytes(in equity));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnEquity(in equity);
    }

    public void Publish(ref PlotEvent plot)
    {
        NumberDescription(ref plot.Output);
        History.Add(Messages.AsBytes(in plot));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnPlot(in plot);
    }

    public void Publish(ref AnnotationEvent annotation)
    {
        NumberDescription(ref annotation.Output);
        History.Add(Messages.AsBytes(in annotation));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnAnnotation(in annotation);
    }

    public void Publish(ref LogEvent entry)
    {
        NumberDescription(ref entry.Output);
        History.Add(Messages.AsBytes(in entry));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnLog(in entry);
    }

    public void Publish(ref AnomalyEvent anomaly)
    {
        NumberDescription(ref anomaly.Output);
        History.Add(Messages.AsBytes(in anomaly));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnAnomaly(in anomaly);
    }

    public void Publish(ref ReconciliationEvent reconciliation)
    {
        NumberDescription(ref reconciliation.Output);
        History.Add(Messages.AsBytes(in reconciliation));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnReconciliation(in reconciliation);
    }

    public void Publish(ref DifferenceEvent difference)
    {
        NumberDescription(ref difference.Output);
        History.Add(Messages.AsBytes(in difference));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnDifference(in difference);
    }

    public void Publish(ref ModeEvent mode)
    {
        NumberDescription(ref mode.Output);
        History.Add(Messages.AsBytes(in mode));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnMode(in mode);
    }

    public void Publish(ref RiskStateEvent change)
    {
        NumberDescription(ref change.Output);
        History.Add(Messages.AsBytes(in change));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnRiskState(in change);
    }

    public void Publish(ref AdjustmentEvent adjustment)
    {
        NumberDescription(ref adjustment.Output);
        History.Add(Messages.AsBytes(in adjustment));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnAdjustment(in adjustment);
    }

    public void Publish(ref KillEvent kill)
    {
        NumberDescription(ref kill.Output);
        History.Add(Messages.AsBytes(in kill));
        foreach (IRunObserver subscriber in _subscribers) subscriber.OnKill(in kill);
    }

    private void Number(ref OutputHeader output)
    {
        output.Sequence = ++_sequence;
        output.Cause = _cause;
        output.IndexInStep = _indexInStep++;
    }

    /// <summary>Counted apart: another plot or log line must not give the commands behind it other bytes.</summary>
    private void NumberDescription(ref OutputHeader output)
    {
        output.Sequence = ++_descriptions;
        output.Cause = _cause;
        output.IndexInStep = -++_descriptionsInStep;
    }
}
