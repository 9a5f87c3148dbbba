using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio.States;

/// <summary>The options of a state machine, worked out: by measure from where on a state is reached, and from where on it is calm.</summary>
internal sealed class StateRules
{
    private const int States = (int)PositionState.OverLimit + 1;

    private readonly long[] _reached = new long[MeasureValues.Count * States];
    private readonly long[] _calm = new long[MeasureValues.Count * States];
    private readonly RiskMeasure[] _measures;

    public StateRules(StateOptions options)
    {
        Hold = options.Hold;
        List<RiskMeasure> measures = [];
        for (RiskMeasure measure = RiskMeasure.Position; measure <= RiskMeasure.DayDrawdown; measure++)
        {
            if (options.Of(measure) is not { } thresholds) continue;
            measures.Add(measure);
            for (PositionState state = PositionState.Warning; state <= PositionState.OverLimit; state++)
            {
                long threshold = thresholds.Of(state);
                _reached[At(measure, state)] = threshold;
                // Below the threshold in any case, or a value could be both: reached and calm.
                _calm[At(measure, state)] = Math.Min((long)((Int128)threshold * (StateOptions.One - options.ReleaseNanos) / StateOptions.One), threshold - 1);
            }
        }
        _measures = [.. measures];
    }

    public Duration Hold { get; }

    /// <summary>The measures that count.</summary>
    public ReadOnlySpan<RiskMeasure> Measures => _measures;

    /// <summary>The measure's value from which on the state is at least so bad.</summary>
    public long Reached(RiskMeasure measure, PositionState state) => _reached[At(measure, state)];

    /// <summary>The measure's largest value that lets the state become better.</summary>
    public long Calm(RiskMeasure measure, PositionState state) => _calm[At(measure, state)];

    /// <summary>The worst state that the values make, and the first measure that makes it; none where it is normal.</summary>
    public PositionState Worst(in MeasureValues values, out RiskMeasure worst)
    {
        PositionState state = PositionState.Normal;
        worst = RiskMeasure.None;
        foreach (RiskMeasure measure in _measures)
            while (state < PositionState.OverLimit && values[measure] >= Reached(measure, state + 1)) (state, worst) = (state + 1, measure);
        return state;
    }

    private static int At(RiskMeasure measure, PositionState state) => (int)measure * States + (int)state;
}
