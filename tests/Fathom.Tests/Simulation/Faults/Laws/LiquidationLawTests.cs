using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Liquidation;
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

    private void Leave(OrderCommand command)
    {
        command.Reason = ReasonCode.Liquidation;
        if (command.TimeInForce == TimeInForce.None) command.TimeInForce = TimeInForce.ImmediateOrCancel;
        _law.Note(in command);
        _law.JudgeStep();
    }
}
