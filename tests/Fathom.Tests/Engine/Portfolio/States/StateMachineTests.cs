using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Tests.Engine.Portfolio.States;

public class StateMachineTests
{
    private const long Percent = 10_000_000;
    private static readonly Duration Hold = new(100);

    private static readonly StateRules Position = new(new StateOptions { Position = Percents(80, 95, 100), Hold = Hold });

    private static readonly StateRules Three = new(new StateOptions { Position = Percents(80, 95, 100), Drawdown = Percents(5, 10, 20), Volatility = Percents(200, 300, 500), Hold = Hold });

    [Theory]
    [InlineData(0, PositionState.Normal)]
    [InlineData(79, PositionState.Normal)]
    [InlineData(80, PositionState.Warning)]
    [InlineData(94, PositionState.Warning)]
    [InlineData(95, PositionState.Critical)]
    [InlineData(99, PositionState.Critical)]
    [InlineData(100, PositionState.OverLimit)]
    [InlineData(900, PositionState.OverLimit)]
    public void A_worse_state_is_entered_at_its_threshold_at_once(int percent, PositionState state)
    {
        StateMachine machine = new();
        bool isMoved = machine.TryMove(Position, Values(percent), At(7), out StateChange change);
        Assert.Equal((state, state != PositionState.Normal), (machine.State, isMoved));
        if (isMoved) Assert.Equal(new StateChange(PositionState.Normal, state, RiskMeasure.Position, percent * Percent, Threshold(state)), change);
        Assert.False(machine.TryMove(Position, Values(percent), At(7), out _));
    }

    /// <summary>Percent at a time, and the state from then on: thresholds 80, 95, 100; calm at 72, 85.5, 90; hold 100.</summary>
    [Theory]
    [InlineData("81@0 79@1 73@50 74@500", "Warning Warning Warning Warning")]                           // below the threshold is not calm
    [InlineData("81@0 72@1 72@100 72@101", "Warning Warning Warning Normal")]                           // the hold time begins with the calm
    [InlineData("81@0 72@1 73@50 72@60 72@159 72@160", "Warning Warning Warning Warning Warning Normal")] // and again after each interruption
    [InlineData("101@0 0@1 0@101 0@200 0@201 0@301", "OverLimit OverLimit Critical Critical Warning Normal")] // step by step
    [InlineData("101@0 86@1 86@101 86@900", "OverLimit OverLimit Critical Critical")]                   // no further than the measure is calm
    [InlineData("96@0 80@1 100@50 80@51 80@150 80@151", "Critical Critical OverLimit OverLimit OverLimit Critical")]
    [InlineData("96@0 85@1 85@101 96@102 85@103 85@202 85@203", "Critical Critical Warning Critical Critical Critical Warning")] // worse again is worse at once
    public void It_comes_back_step_by_step_after_calm_without_interruption(string story, string states)
    {
        StateMachine machine = new();
        List<PositionState> found = [];
        foreach (string moment in story.Split(' '))
        {
            int at = moment.IndexOf('@');
            while (machine.TryMove(Position, Values(int.Parse(moment[..at])), At(int.Parse(moment[(at + 1)..])), out _)) { }
            found.Add(machine.State);
        }
        Assert.Equal(states, string.Join(' ', found));
    }

    [Fact]
    public void The_change_for_the_better_names_the_measure_that_was_last_to_let_it()
    {
        StateMachine machine = new();
        machine.TryMove(Three, Values(96, drawdown: 3), At(0), out StateChange worse);
        Assert.Equal((RiskMeasure.Position, RiskMeasure.Position), (worse.Measure, machine.Measure));
        machine.TryMove(Three, Values(96, drawdown: 12), At(1), out _);
        machine.TryMove(Three, Values(0, drawdown: 12), At(2), out _);       // the position is calm, the drawdown holds it
        Assert.Equal(RiskMeasure.Drawdown, machine.Measure);
        machine.TryMove(Three, Values(0, drawdown: 8), At(3), out _);
        Assert.True(machine.TryMove(Three, Values(0, drawdown: 8), At(103), out StateChange better));
        Assert.Equal(new StateChange(PositionState.Critical, PositionState.Warning, RiskMeasure.Drawdown, 8 * Percent, 9 * Percent), better);
    }

    [Fact]
    public void When_it_becomes_better_is_known_ahead()
    {
        StateMachine machine = new();
        Assert.Equal(Timestamp.None, machine.Due(Position));
        machine.TryMove(Position, Values(85), At(5), out _);
        Assert.Equal(Timestamp.None, machine.Due(Position));
        machine.TryMove(Position, Values(70), At(6), out _);
        Assert.Equal(At(106), machine.Due(Position));
        machine.TryMove(Position, Values(75), At(7), out _);
        Assert.Equal(Timestamp.None, machine.Due(Position));
    }

    [Fact]
    public void What_is_not_known_makes_nothing_worse_and_holds_what_it_decided()
    {
        StateMachine machine = new();
        Assert.False(machine.TryMove(Three, MeasureValues.None, At(0), out _));
        machine.TryMove(Three, Values(0, volatility: 350), At(1), out _);
        Assert.Equal(PositionState.Critical, machine.State);
        MeasureValues lost = Values(0);
        lost[RiskMeasure.Volatility] = MeasureValues.Unknown;
        for (int i = 2; i < 1_000; i += 50) Assert.False(machine.TryMove(Three, lost, At(i), out _));
        lost = Values(0, volatility: 100);
        lost[RiskMeasure.Drawdown] = MeasureValues.Unknown;      // this one decided nothing
        machine.TryMove(Three, lost, At(1_000), out _);
        Assert.True(machine.TryMove(Three, lost, At(1_100), out _));
    }

    [Fact]
    public void Without_a_hold_time_it_comes_back_at_once()
    {
        StateRules rules = new(new StateOptions { Position = Percents(80, 95, 100), Hold = Duration.Zero, Release = 0 });
        StateMachine machine = new();
        machine.TryMove(rules, Values(100), At(0), out _);
        int steps = 0;
        while (machine.TryMove(rules, Values(10), At(0), out _)) steps++;
        Assert.Equal((3, PositionState.Normal), (steps, machine.State));
        machine.TryMove(rules, Values(80), At(0), out _);
        Assert.False(machine.TryMove(rules, Values(80), At(1), out _));      // at the threshold it is reached, not calm
    }

    [Fact]
    public void It_never_flaps_and_is_never_better_than_the_measures_allow()
    {
        long changes = 0, returns = 0;
        for (int seed = 0; seed < 2_000; seed++)
        {
            Random random = new(seed);
            StateRules rules = random.Next(2) == 0 ? Position : Three;
            StateMachine machine = new();
            Timestamp clock = At(0), lastWorse = At(-1_000_000), lastChange = lastWorse, calmFrom = Timestamp.None;
            double position = random.Next(120), drawdown = 0, volatility = 100;
            for (int step = 0; step < 300; step++)
            {
                string where = $"seed {seed}, step {step}";
                clock += new Duration(random.Next(random.Next(10) == 0 ? 300 : 30));
                position = Math.Clamp(position + (random.NextDouble() - 0.5) * (random.Next(20) == 0 ? 100 : 10), 0, 150);
                drawdown = Math.Clamp(drawdown + (random.NextDouble() - 0.5) * 3, 0, 40);
                volatility = Math.Clamp(volatility + (random.NextDouble() - 0.5) * 80, 10, 700);
                MeasureValues values = Values(position, drawdown, volatility);
                if (random.Next(30) == 0) values[RiskMeasure.Volatility] = MeasureValues.Unknown;
                PositionState allowed = AllowedBy(rules, values), before = machine.State;
                if (IsLoud(rules, values, before, machine.Measure)) calmFrom = Timestamp.None;
                else if (calmFrom.IsNone) calmFrom = clock;
                while (machine.TryMove(rules, values, clock, out StateChange change))
                {
                    changes++;
                    Assert.Equal(before, change.From);
                    Assert.Equal(machine.State, change.To);
                    if (change.To > change.From)
                    {
                        Assert.True(change.Found >= change.Threshold && change.Found == values[change.Measure], where);
                        lastWorse = clock;
                    }
                    else
                    {
                        returns++;
                        Assert.Equal(change.From - 1, change.To);
                        Assert.True(change.Found <= change.Threshold, where);
                        Assert.True(clock - lastWorse >= Hold && clock - lastChange >= Hold, $"{where}: back after {(clock - lastChange).Nanos}");
                    }
                    (lastChange, before, calmFrom) = (clock, change.To, Timestamp.None);
                }
                Assert.True(machine.State >= allowed, $"{where}: {machine.State} though the measures say {allowed}");
                if (before != PositionState.Normal && !calmFrom.IsNone) Assert.True(clock - calmFrom < Hold, $"{where}: {before} after calm since {calmFrom.Nanos}");
            }
        }
        Assert.True(changes > 10_000 && returns > 4_000, $"{changes} changes, {returns} back");
    }

    // ---- the obvious twin of what a set of values says

    private static PositionState AllowedBy(StateRules rules, MeasureValues values)
    {
        PositionState worst = PositionState.Normal;
        foreach (RiskMeasure measure in rules.Measures.ToArray())
            for (PositionState state = PositionState.Warning; state <= PositionState.OverLimit; state++)
                if (values[measure] >= rules.Reached(measure, state) && state > worst) worst = state;
        return worst;
    }

    private static bool IsLoud(StateRules rules, MeasureValues values, PositionState state, RiskMeasure holding)
    {
        if (state == PositionState.Normal) return false;
        foreach (RiskMeasure measure in rules.Measures.ToArray())
            if (values[measure] == MeasureValues.Unknown ? measure == holding : values[measure] > rules.Calm(measure, state)) return true;
        return false;
    }

    private static Timestamp At(long nanos) => new(1_000_000 + nanos);

    private static StateThresholds Percents(int warning, int critical, int overLimit) => new(warning * Percent, critical * Percent, overLimit * Percent);

    private static long Threshold(PositionState state) => Percents(80, 95, 100).Of(state);

    private static MeasureValues Values(double position, double drawdown = 0, double volatility = 100)
    {
        MeasureValues values = MeasureValues.None;
        values[RiskMeasure.Position] = MeasureValues.Of(position / 100);
        values[RiskMeasure.Drawdown] = MeasureValues.Of(drawdown / 100);
        values[RiskMeasure.Volatility] = MeasureValues.Of(volatility / 100);
        return values;
    }
}
