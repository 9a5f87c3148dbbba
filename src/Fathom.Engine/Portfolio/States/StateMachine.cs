using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>
/// The state of one position, strategy or account. A worse state is entered at once, at its threshold. The next better one comes only after every measure was calm (the release below the threshold
/// of the state that is left) for the hold time without interruption, and the one after that needs a hold time of its own. So between a change for the worse and one for the better there is
/// always at least the hold time, and what swings around a threshold changes nothing.
/// </summary>
/// <remarks>
/// <code>
///              at its threshold, at once
///    Normal ──▶ Warning ──▶ Critical ──▶ OverLimit
///           ◀──         ◀──          ◀──
///              calm for the hold time, step by step
/// </code>
/// A measure of which nothing is known makes nothing worse. It makes nothing better either where it was the one that decided.
/// </remarks>
internal struct StateMachine
{
    private long _found;
    private long _calm;      // turned over, so that a machine nobody touched is not calm

    public PositionState State { get; private set; }

    /// <summary>The measure that holds it where it is; None in normal.</summary>
    public RiskMeasure Measure { get; private set; }

    /// <summary>From when on all measures have been calm; None while they are not.</summary>
    public Timestamp CalmSince
    {
        readonly get => new(_calm ^ long.MaxValue);
        private set => _calm = value.Nanos ^ long.MaxValue;
    }

    /// <summary>What the measure was when it was last looked at, units of 1e-9.</summary>
    public readonly long Found => _found;

    /// <summary>When the state becomes better if nothing happens; None when it does not.</summary>
    public readonly Timestamp Due(StateRules rules) => CalmSince + rules.Hold;

    /// <summary>Makes the next change that is due by now. To be asked until there is none.</summary>
    /// <param name="clock">Never going back.</param>
    /// <returns>False when there is none.</returns>
    public bool TryMove(StateRules rules, in MeasureValues values, Timestamp clock, out StateChange change)
    {
        PositionState worst = rules.Worst(in values, out RiskMeasure measure);
        change = default;
        if (worst > State)
        {
            change = new StateChange(State, worst, measure, values[measure], rules.Reached(measure, worst));
            (State, Measure, CalmSince, _found) = (worst, measure, Timestamp.None, values[measure]);
            return true;
        }
        return State != PositionState.Normal && TryCalm(rules, in values, clock, out change);
    }

    /// <summary>Goes on from where an earlier session was.</summary>
    public void Restore(PositionState state, RiskMeasure measure, Timestamp calmSince) => (State, Measure, CalmSince) = (state, measure, calmSince);

    private bool TryCalm(StateRules rules, in MeasureValues values, Timestamp clock, out StateChange change)
    {
        change = default;
        RiskMeasure loud = Loud(rules, in values);
        if (loud != RiskMeasure.None)
        {
            (Measure, CalmSince) = (loud, Timestamp.None);
            if (values[loud] != MeasureValues.Unknown) _found = values[loud];
            return false;
        }
        if (values[Measure] != MeasureValues.Unknown) _found = values[Measure];
        if (CalmSince.IsNone) CalmSince = clock;
        if (clock - CalmSince < rules.Hold) return false;
        change = new StateChange(State, State - 1, Measure, _found, rules.Calm(Measure, State));
        State--;
        CalmSince = Timestamp.None;      // the next step is calm by a lower threshold, and from now on at the earliest
        if (State == PositionState.Normal) Measure = RiskMeasure.None;
        return true;
    }

    /// <summary>The measure that keeps the state from becoming better: the one that has done so already, else the first; None when all are calm.</summary>
    private readonly RiskMeasure Loud(StateRules rules, in MeasureValues values)
    {
        RiskMeasure first = RiskMeasure.None;
        foreach (RiskMeasure measure in rules.Measures)
        {
            bool isCalm = values[measure] == MeasureValues.Unknown ? measure != Measure : values[measure] <= rules.Calm(measure, State);
            if (isCalm) continue;
            if (measure == Measure) return measure;
            if (first == RiskMeasure.None) first = measure;
        }
        return first;
    }
}
