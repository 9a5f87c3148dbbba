using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Tests.Engine.Portfolio.States;

public class PositionStatesTests
{
    private const long Percent = 10_000_000;
    private static readonly InstrumentId First = new(0), Second = new(1);
    private static readonly Duration Hold = new(100);

    private readonly Readings _readings = new();
    private readonly Account _account = new(AccountTests.Code("USD"), 1_000m, strategies: 2);

    public PositionStatesTests()
    {
        foreach (InstrumentId instrument in (InstrumentId[])[First, Second]) _account.Define(AccountTests.Definition(instrument));
    }

    [Fact]
    public void A_position_is_judged_by_its_own_limit_and_the_accounts()
    {
        PositionStates states = States(new StateOptions { Position = Percents(50, 80, 100), Hold = Hold });
        _readings.MaxOf[1] = Quantity.Units(4);
        Take(0, First, 5);
        Take(1, First, -2);
        states.TryWatch(First);
        StateMove[] moves = states.Judge(First, At(0), isEverybody: true).ToArray();
        Assert.Equal([Move(0, 50, 50), Move(1, 50, 50)], moves);      // the account has 3 of 10
        Assert.Equal((PositionState.Warning, PositionState.Warning, PositionState.Normal), (states.OfPosition(0, First), states.OfPosition(1, First), states.OfPosition(-1, First)));
        Assert.Equal((PositionState.Warning, PositionState.Normal), (states.Of(0, First), states.Of(0, Second)));

        Take(0, First, 5);
        moves = states.Judge(First, At(1), isEverybody: true).ToArray();
        Assert.Equal([(-1, PositionState.Critical), (0, PositionState.OverLimit)], moves.Select(move => (move.Owner, move.Change.To)));
        Assert.Equal(new StateFinding(PositionState.Critical, RiskScope.Instrument, RiskMeasure.Position, 80 * Percent, 80 * Percent), states.Worst(1, First));
        Assert.Equal(RiskScope.StrategyInstrument, states.Worst(0, First).Scope);
    }

    [Fact]
    public void The_worst_of_four_states_concerns_a_strategy_in_an_instrument()
    {
        for (int seed = 0; seed < 3_000; seed++)
        {
            Random random = new(seed);
            PositionStates states = States(new StateOptions { Position = Percents(50, 80, 100), Drawdown = Percents(5, 10, 20), Margin = Percents(50, 70, 90), Volatility = Percents(200, 300, 400) });
            _readings.Max = Quantity.Units(random.Next(1, 40));
            for (int owner = -1; owner < 2; owner++) _readings.Drawdowns[owner] = random.NextDouble() * 0.15;
            _readings.Margin = random.NextDouble() * 0.8;
            foreach (InstrumentId instrument in (InstrumentId[])[First, Second])
            {
                if (random.Next(2) == 0) Take(random.Next(2), instrument, random.Next(-4, 5));
                _readings.Volatilities[instrument] = random.NextDouble() * 9;
                if (random.Next(3) > 0) states.TryWatch(instrument);
            }
            states.JudgeAll(At(seed));
            for (int strategy = 0; strategy < 2; strategy++)
            {
                foreach (InstrumentId instrument in (InstrumentId[])[First, Second])
                {
                    PositionState[] four = [states.OfOwner(-1), states.OfOwner(strategy), states.OfPosition(-1, instrument), states.OfPosition(strategy, instrument)];
                    Assert.Equal(four.Max(), states.Of(strategy, instrument));
                    Assert.Equal(four.Max(), states.Worst(strategy, instrument).State);
                }
            }
        }
    }

    [Fact]
    public void Margin_counts_for_the_account_or_for_a_position_that_has_its_own()
    {
        PositionStates states = States(new StateOptions { Margin = Percents(50, 70, 90) });
        states.TryWatch(First);
        Take(0, First, 1);
        _readings.Margin = 0.75;
        states.Judge(First, At(0), isEverybody: false);
        Assert.Equal((PositionState.Critical, PositionState.Normal), (states.OfOwner(-1), states.OfPosition(-1, First)));
        _readings.Margin = double.NaN;
        _readings.OwnMargins[First] = 5;
        states.Judge(First, At(0), isEverybody: false);
        Assert.Equal((PositionState.Critical, PositionState.OverLimit), (states.OfOwner(-1), states.OfPosition(-1, First)));
    }

    [Fact]
    public void Volatility_counts_before_anything_is_held()
    {
        PositionStates states = States(new StateOptions { Volatility = Percents(200, 300, 400) });
        _readings.Volatilities[First] = 7;      // of 2
        Assert.True(states.TryWatch(First));
        Assert.False(states.TryWatch(First));
        states.Judge(First, At(0), isEverybody: false);
        Assert.Equal((PositionState.Critical, PositionState.Critical), (states.Of(0, First), states.Of(1, First)));
        Assert.Equal(new StateFinding(PositionState.Critical, RiskScope.Instrument, RiskMeasure.Volatility, 300 * Percent, 350 * Percent), states.Worst(1, First));
    }

    [Fact]
    public void A_strategy_that_holds_nothing_of_the_instrument_is_looked_at_when_everybody_is()
    {
        PositionStates states = States(new StateOptions { DayDrawdown = Percents(5, 10, 20), Hold = Hold });
        Take(0, First, 1);
        (_readings.Days[0], _readings.Days[1]) = (0.06, 0.11);
        Assert.Equal([0], Owners(states.Judge(First, At(0), isEverybody: false)));
        Assert.Equal([1], Owners(states.Judge(First, At(0), isEverybody: true)));
        (_readings.Days[0], _readings.Days[1]) = (0, 0);
        Assert.Empty(states.Judge(First, At(10), isEverybody: false).ToArray());
        Assert.Equal(At(110), states.NextWake);
        Assert.Equal([0, 1], Owners(states.JudgeAll(At(110))));
        Assert.Equal((At(210), PositionState.Warning), (states.NextWake, states.OfOwner(1)));
        states.JudgeAll(At(210));
        Assert.Equal((Timestamp.None, false), (states.NextWake, states.IsAny));
    }

    [Fact]
    public void A_limit_that_tightens_makes_a_position_worse()
    {
        AdaptiveLimits adaptive = new(new AdaptiveOptions { Floor = 0.2m, LossFull = 0.1m }, _readings);
        PositionStates states = new(new StateOptions { Position = Percents(50, 80, 100) }, _account, _readings, _readings, adaptive);
        Take(0, First, 4);
        states.TryWatch(First);
        Assert.Empty(states.JudgeAll(At(0)).ToArray());
        _readings.Days[-1] = 0.1;
        adaptive.TryAdvance(First, At(1));
        Assert.Equal((2_000_000_000, 200 * Percent), (states.PositionMax(0, First), states.JudgeAll(At(1))[0].Change.Found));
        Assert.Equal(PositionState.OverLimit, states.Of(0, First));
    }

    [Fact]
    public void Without_a_limit_a_position_is_never_too_large()
    {
        PositionStates states = States(new StateOptions { Position = Percents(50, 80, 100) });
        _readings.Max = Quantity.None;
        Take(0, First, 1_000_000);
        states.TryWatch(First);
        Assert.Empty(states.JudgeAll(At(0)).ToArray());
    }

    [Fact]
    public void A_reading_has_each_measure_that_counts_with_its_thresholds()
    {
        StateThresholds position = Percents(50, 80, 100), drawdown = Percents(5, 10, 20), margin = Percents(60, 70, 90), volatility = Percents(200, 300, 400);
        PositionStates states = States(new StateOptions { Position = position, Drawdown = drawdown, Margin = margin, Volatility = volatility, Hold = Hold });
        Assert.Equal([], states.Read(0, First).Measures.Where(found => found.Measure != RiskMeasure.Position));      // nobody watches it
        Take(0, First, 8);
        states.TryWatch(First);
        (_readings.Drawdowns[-1], _readings.Drawdowns[0], _readings.Margin, _readings.Volatilities[First]) = (0.06, 0.01, 0.3, 7);
        states.JudgeAll(At(0));

        Assert.Equal((PositionState.Warning, RiskMeasure.Drawdown, Timestamp.None, Hold), Head(states.Read(-1, InstrumentId.None)));
        Assert.Equal([new MeasureReading(RiskMeasure.Margin, 30 * Percent, margin), new MeasureReading(RiskMeasure.Drawdown, 6 * Percent, drawdown)], states.Read(-1, InstrumentId.None).Measures);
        Assert.Equal((PositionState.Normal, RiskMeasure.None), (states.Read(0, InstrumentId.None).State, states.Read(0, InstrumentId.None).Measure));
        Assert.Equal([new MeasureReading(RiskMeasure.Drawdown, Percent, drawdown)], states.Read(0, InstrumentId.None).Measures);
        // Of the account's position both decide alike, and the first that does is told; of the strategy's own position volatility does not count.
        Assert.Equal([new MeasureReading(RiskMeasure.Position, 80 * Percent, position)], states.Read(0, First).Measures);
        Assert.Equal([new MeasureReading(RiskMeasure.Position, 80 * Percent, position)], states.Read(-1, First).Measures);

        // Volatility is told where it decides, as it was judged last, and is never asked for.
        Take(0, First, -6);
        states.JudgeAll(At(1));
        _readings.Volatilities[First] = 2;
        Assert.Equal((PositionState.Critical, RiskMeasure.Volatility), (states.Read(-1, First).State, states.Read(-1, First).Measure));
        Assert.Equal([new MeasureReading(RiskMeasure.Position, 20 * Percent, position), new MeasureReading(RiskMeasure.Volatility, 350 * Percent, volatility)],
            states.Read(-1, First).Measures.OrderBy(found => found.Measure));
        states.JudgeAll(At(2));
        Assert.Equal((PositionState.Critical, RiskMeasure.Volatility, At(2), Hold), Head(states.Read(-1, First)));
    }

    private static (PositionState, RiskMeasure, Timestamp, Duration) Head(StateReading reading) => (reading.State, reading.Measure, reading.CalmSince, reading.Hold);

    private PositionStates States(StateOptions options) => new(options, _account, _readings, _readings);

    private void Take(int strategy, InstrumentId instrument, long quantity)
    {
        if (quantity != 0) _account.Book(strategy, instrument, quantity > 0 ? Side.Buy : Side.Sell, Price.From(10m), Quantity.Units(Math.Abs(quantity)), feeNanos: 0);
    }

    private static StateMove Move(int owner, int found, int threshold) =>
        new(owner, First, new StateChange(PositionState.Normal, PositionState.Warning, RiskMeasure.Position, found * Percent, threshold * Percent));

    private static int[] Owners(ReadOnlySpan<StateMove> moves) => [.. moves.ToArray().Select(move => move.Owner)];

    private static StateThresholds Percents(int warning, int critical, int overLimit) => new(warning * Percent, critical * Percent, overLimit * Percent);

    private static Timestamp At(long nanos) => new(1_000_000 + nanos);
}
