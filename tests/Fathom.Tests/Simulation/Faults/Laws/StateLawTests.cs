using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;
using Fathom.Simulation.Faults;
using Fathom.Simulation.Faults.Laws;

namespace Fathom.Tests.Simulation.Faults.Laws;

public class StateLawTests
{
    private readonly LawBench _bench = new(LawBench.Options with { Limits = new RiskLimits { PositionMax = Quantity.Units(10) } });
    private readonly StateLaw _law;

    public StateLawTests()
    {
        StateOptions options = new()
        {
            Position = new StateThresholds(500_000_000, 700_000_000, 900_000_000),
            Drawdown = new StateThresholds(100_000_000, 200_000_000, 300_000_000),
            Hold = Duration.FromMilliseconds(1_000),
        };
        _law = new StateLaw(_bench.State, options, _bench.Limits, _bench.Orders, _bench.Ledger, _bench.Marks, _bench.Equity);
        _bench.Mark(100);
    }

    [Theory]
    [InlineData(1_000, null)]
    [InlineData(999, TortureLaws.States)]
    public void It_comes_back_no_sooner_than_the_hold_time(long atMs, string? law)
    {
        Tell(PositionState.Normal, PositionState.Critical);
        Tell(PositionState.Critical, PositionState.Warning, atMs);

        _bench.AssertBroken(law);
    }

    [Fact]
    public void Worse_it_becomes_at_once()
    {
        Tell(PositionState.Normal, PositionState.Warning);
        Tell(PositionState.Warning, PositionState.OverLimit);

        _bench.AssertBroken(null);
    }

    [Fact]
    public void It_comes_back_step_by_step()
    {
        Tell(PositionState.Normal, PositionState.Critical);
        Tell(PositionState.Critical, PositionState.Normal, 5_000);

        _bench.AssertBroken(TortureLaws.States);
    }

    [Fact]
    public void Gap_is_found()
    {
        Tell(PositionState.Normal, PositionState.Warning);
        Tell(PositionState.Normal, PositionState.Critical);

        _bench.AssertBroken(TortureLaws.States);
    }

    [Theory]
    [InlineData(Side.Buy, false, TortureLaws.States)]
    [InlineData(Side.Buy, true, null)]
    [InlineData(Side.Sell, false, null)]
    public void While_critical_nothing_leaves_that_enlarges(Side side, bool isReduceOnly, string? law)
    {
        _bench.Hold(1, 2, 100);
        Tell(PositionState.Normal, PositionState.Critical);
        OrderCommand command = _bench.Submit(2, 2, side, isReduceOnly: isReduceOnly);
        _law.Note(in command);
        _law.JudgeStep(null, isValued: false);

        _bench.AssertBroken(law);
    }

    [Fact]
    public void Other_strategys_state_does_not_matter()
    {
        Tell(PositionState.Normal, PositionState.Critical);
        OrderCommand command = _bench.Submit(1, 2, strategy: 1);
        _law.Note(in command);
        _law.JudgeStep(null, isValued: false);

        _bench.AssertBroken(null);
    }

    [Theory]
    [InlineData(4, PositionState.Normal, null)]
    [InlineData(5, PositionState.Normal, TortureLaws.States)]
    [InlineData(-7, PositionState.Warning, TortureLaws.States)]
    [InlineData(-7, PositionState.Critical, null)]
    public void State_is_no_better_than_the_position(long held, PositionState told, string? law)
    {
        _bench.Hold(1, held, 100);
        if (told != PositionState.Normal)
        {
            Tell(PositionState.Normal, told);
            Tell(PositionState.Normal, told, strategy: ushort.MaxValue);
        }
        _law.JudgeStep((0, LawBench.X), isValued: false);

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(91, null)]
    [InlineData(89, TortureLaws.States)]
    public void State_is_no_better_than_the_drawdown(int mark, string? law)
    {
        _bench.Hold(1, 1, 100);
        _bench.Mark(mark);      // 10 a point, of 1,000
        _law.JudgeStep(null, isValued: true);

        _bench.AssertBroken(law);
    }

    private void Tell(PositionState from, PositionState to, long atMs = 0, ushort strategy = 0)
    {
        RiskStateEvent change = new()
        {
            Header = MessageHeader.Create<RiskStateEvent>(MessageType.RiskStateEvent, 0, LawBench.X, LawBench.Time(atMs), LawBench.Time(atMs)),
            Output = new OutputHeader { Strategy = strategy },
            From = from,
            To = to,
        };
        _law.Note(in change);
    }
}
