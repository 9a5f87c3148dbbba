using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;
using Fathom.Simulation.Faults;
using Fathom.Simulation.Faults.Laws;

namespace Fathom.Tests.Simulation.Faults.Laws;

public class LiquidationLawTests
{
    private readonly LawBench _bench = new(LawBench.Options);
    private readonly LiquidationLaw _law;

    public LiquidationLawTests()
    {
        KillLaw kills = new(_bench.State, _bench.Orders, _bench.Ledger);
        _law = new LiquidationLaw(_bench.State, new LiquidationOptions { FloorBps = 50, FloorMaxBps = 100 }, kills, _bench.Orders, _bench.Ledger, _bench.Marks);
        _bench.Mark(100);
        _bench.Hold(1, 3, 100);
    }

    [Theory]
    [InlineData(3, 99, null)]
    [InlineData(3, 98.99, TortureLaws.Liquidation)]
    [InlineData(4, 100, TortureLaws.Liquidation)]
    public void It_closes_no_more_than_there_is_and_at_no_worse_price_than_its_widest_floor(long quantity, double price, string? law)
    {
        Leave(_bench.Submit(2, quantity, Side.Sell, isReduceOnly: true) with { Price = Price.From((decimal)price) });

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(OrderType.Market, TimeInForce.ImmediateOrCancel, true)]
    [InlineData(OrderType.Limit, TimeInForce.Day, true)]
    [InlineData(OrderType.Limit, TimeInForce.ImmediateOrCancel, false)]
    public void Its_orders_are_limits_that_only_reduce_and_never_rest(OrderType type, TimeInForce timeInForce, bool isReduceOnly)
    {
        Leave(_bench.Submit(2, 1, Side.Sell, isReduceOnly: isReduceOnly) with { Type = type, TimeInForce = timeInForce });

        _bench.AssertBroken(TortureLaws.Liquidation);
    }

    [Fact]
    public void Other_orders_do_not_concern_it()
    {
        OrderCommand command = _bench.Submit(2, 9, Side.Sell);
        _law.Note(in command);
        _law.JudgeStep();

        _bench.AssertBroken(null);
    }

    [Theory]
    [InlineData(true, TortureLaws.Liquidation)]
    [InlineData(false, null)]
    public void Its_orders_leave_one_after_the_other(bool isLive, string? law)
    {
        Leave(_bench.Submit(2, 1, Side.Sell, isReduceOnly: true));
        if (!isLive) _bench.End(2, Side.Sell);
        Leave(_bench.Submit(3, 1, Side.Sell, isReduceOnly: true));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(LiquidationObstacle.Unanswered, false, null)]
    [InlineData(LiquidationObstacle.Pace, false, TortureLaws.Liquidation)]
    [InlineData(LiquidationObstacle.Floor, false, TortureLaws.Liquidation)]
    [InlineData(LiquidationObstacle.NoLiquidity, true, TortureLaws.Liquidation)]       // as if it were known what became of the order
    [InlineData(LiquidationObstacle.None, true, TortureLaws.Liquidation)]
    [InlineData(LiquidationObstacle.Rearmed, true, null)]
    public void While_an_order_is_not_answered_it_waits_and_says_so(LiquidationObstacle obstacle, bool isOver, string? law)
    {
        Leave(_bench.Submit(2, 1, Side.Sell, isReduceOnly: true));
        LiquidationSummary[] told = [ATold(LiquidationObstacle.Floor, isOver: true) with { Ended = LawBench.Time(-1) }, ATold(obstacle, isOver)];

        Assert.False(_law.IsOverdue(LawBench.Time(9_999)));
        Assert.True(_law.IsOverdue(LawBench.Time(10_000)));
        _law.JudgeOverdue(told, LawBench.Time(10_000));

        _bench.AssertBroken(law);
        Assert.False(_law.IsOverdue(LawBench.Time(20_000)));      // once
    }

    [Fact]
    public void What_is_answered_is_not_overdue()
    {
        Leave(_bench.Submit(2, 1, Side.Sell, isReduceOnly: true));
        _bench.End(2, Side.Sell);

        Assert.False(_law.IsOverdue(LawBench.Time(10_000)));
    }

    [Theory]
    [InlineData(LiquidationObstacle.Unanswered, true, TortureLaws.Liquidation)]
    [InlineData(LiquidationObstacle.Pace, true, TortureLaws.Liquidation)]
    [InlineData(LiquidationObstacle.Halted, true, TortureLaws.Liquidation)]
    [InlineData(LiquidationObstacle.None, true, TortureLaws.Liquidation)]
    [InlineData(LiquidationObstacle.OddLot, true, null)]
    [InlineData(LiquidationObstacle.Halted, false, null)]
    public void At_rest_it_was_given_up_only_for_what_does_not_end_by_itself(LiquidationObstacle obstacle, bool isOver, string? law)
    {
        _law.JudgeRest([ATold(obstacle, isOver)], instruments: 2, owners: 2);

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(LiquidationObstacle.Unanswered, "the liquidation of strategy 0 in instrument 0 is not over: Unanswered")]
    [InlineData(LiquidationObstacle.Pace, "the liquidation of strategy 0 in instrument 0 is not over: Pace")]
    [InlineData(LiquidationObstacle.Halted, "")]
    [InlineData(LiquidationObstacle.NoMarket, "")]
    public void Nothing_is_at_rest_while_an_answer_is_missing(LiquidationObstacle obstacle, string unrest)
    {
        Assert.Equal(unrest, LiquidationLaw.Unrest([ATold(obstacle, isOver: false)]));
        Assert.Equal("", LiquidationLaw.Unrest([ATold(obstacle, isOver: true)]));
    }

    private static LiquidationSummary ATold(LiquidationObstacle obstacle, bool isOver) => new()
    {
        Strategy = 0,
        Instrument = LawBench.X,
        Reason = ReasonCode.KillSwitch,
        Began = LawBench.Time(-1),
        Ended = isOver ? LawBench.Time(5) : Timestamp.None,
        Start = Quantity.Units(3),
        Keep = Quantity.Zero,
        Left = Quantity.Units(3),
        Orders = 1,
        Obstacle = obstacle,
        RejectReason = ReasonCode.None,
    };

    private void Leave(OrderCommand command)
    {
        command.Reason = ReasonCode.Liquidation;
        if (command.TimeInForce == TimeInForce.None) command.TimeInForce = TimeInForce.ImmediateOrCancel;
        _law.Note(in command);
        _law.JudgeStep();
    }
}
