using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;
using Fathom.Simulation.Faults;
using Fathom.Simulation.Faults.Laws;

namespace Fathom.Tests.Simulation.Faults.Laws;

/// <summary>Each limit, kept to the last unit and broken by one more.</summary>
public class LimitLawTests
{
    private LawBench _bench = new(LawBench.Options);
    private LimitLaw _law = null!;

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, TortureLaws.Limits)]
    public void Gross_notional_counts_both_sides_and_what_is_held(long last, string? law)
    {
        Limit(new RiskLimits { GrossNotionalMax = 7_000 });      // 1,000 a unit
        _bench.Hold(1, -2, 100);
        Leave(_bench.Submit(2, 2, Side.Sell));
        Leave(_bench.Submit(3, last));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, TortureLaws.Limits)]
    public void Net_notional_counts_the_side_of_the_order(long last, string? law)
    {
        Limit(new RiskLimits { Both = new ScopeLimits { NetNotionalMax = 7_000 } });
        _bench.Hold(1, 2, 100);
        Leave(_bench.Submit(2, 3, Side.Sell));
        Leave(_bench.Submit(3, last));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, TortureLaws.Limits)]
    public void Leverage_goes_by_the_equity_that_the_executions_make(long last, string? law)
    {
        Limit(new RiskLimits { Account = new ScopeLimits { LeverageMax = 2 } });
        _bench.Mark(70);      // bought at 100: 1,000 − 300 are left, and a unit is worth 700
        _bench.Hold(1, 1, 100);
        Leave(_bench.Submit(2, last));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, TortureLaws.Limits)]
    public void Largest_share_is_of_what_is_held_besides(long last, string? law)
    {
        Limit(new RiskLimits { Account = new ScopeLimits { ConcentrationMax = new Concentration(0.5m, 500) } });
        _bench.Mark(10);      // 100 a unit
        _bench.Mark(500, LawBench.Y);
        _bench.Hold(1, 2, 500, instrument: LawBench.Y);
        Leave(_bench.Submit(2, last));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, TortureLaws.Limits)]
    public void Group_counts_only_its_instruments(long last, string? law)
    {
        Limit(new RiskLimits { Groups = [new GroupLimits("one", ["Y"], new ScopeLimits { GrossNotionalMax = 500 })] });
        _bench.Mark(500, LawBench.Y);
        Leave(_bench.Submit(1, 50));
        Leave(_bench.Submit(2, last, instrument: LawBench.Y));

        _bench.AssertBroken(law);
    }

    [Fact]
    public void Order_that_only_reduces_is_let_through()
    {
        Limit(new RiskLimits { GrossNotionalMax = 3_000, Both = new ScopeLimits { OpenOrdersMax = 1 }, OrderRateMax = new OrderRate(1, Duration.FromMilliseconds(1_000)) });
        _bench.Hold(1, 3, 100);
        Leave(_bench.Submit(2, 1, Side.Sell));
        Leave(_bench.Submit(3, 2, Side.Sell));

        _bench.AssertBroken(null);
    }

    [Fact]
    public void What_left_in_the_same_step_afterwards_does_not_count()
    {
        Limit(new RiskLimits { GrossNotionalMax = 3_000 });
        _bench.Hold(1, 1, 100);
        OrderCommand enlarging = _bench.Submit(2, 2), reducing = _bench.Submit(3, 1, Side.Sell);
        _law.Note(in enlarging);
        _law.Note(in reducing);
        _law.JudgeStep(isValued: false);

        _bench.AssertBroken(null);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, TortureLaws.Limits)]
    public void Orders_of_each_strategy_that_live_are_counted(ushort third, string? law)
    {
        Limit(new RiskLimits { Both = new ScopeLimits { OpenOrdersMax = 4 }, Strategies = new Dictionary<string, ScopeLimits> { ["second"] = new() { OpenOrdersMax = 1 } } });
        Leave(_bench.Submit(1, 1, strategy: 1));
        Leave(_bench.Submit(2, 1));
        Leave(_bench.Submit(3, 1, strategy: third));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(1_000, null)]
    [InlineData(999, TortureLaws.Limits)]
    public void Window_of_a_rate_is_half_open(long atMs, string? law)
    {
        Limit(new RiskLimits { Both = new ScopeLimits { ReplaceRateMax = new OrderRate(1, Duration.FromMilliseconds(1_000)) } });
        Leave(_bench.Submit(1, 1));
        Leave(_bench.Command(CommandKind.Replace, 1, 2));
        Leave(_bench.Command(CommandKind.Replace, 1, 3, atMs: atMs));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(1, TortureLaws.Limits)]
    public void After_too_many_cancels_no_order_leaves(int max, string? law)
    {
        Limit(new RiskLimits { Account = new ScopeLimits { CancelRateMax = new OrderRate(max, Duration.FromMilliseconds(1_000)) } });
        Leave(_bench.Submit(1, 1));
        Leave(_bench.Command(CommandKind.Cancel, 1, 1));
        Leave(_bench.Submit(2, 1));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, TortureLaws.Limits)]
    public void Messages_are_paid_for_by_fills(bool hasFilled, string? law)
    {
        Limit(new RiskLimits { Account = new ScopeLimits { MessagesPerFillMax = new MessageRatio(2, 0) } });
        Leave(_bench.Submit(1, 1));
        Leave(_bench.Submit(2, 1));
        if (hasFilled) _law.NoteBooked(0);
        Leave(_bench.Submit(3, 1));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(Side.Sell, null)]
    [InlineData(Side.Buy, TortureLaws.Limits)]
    public void After_the_days_loss_only_what_reduces_leaves(Side side, string? law)
    {
        Limit(new RiskLimits { Account = new ScopeLimits { DailyLossMax = 100 } });
        _bench.Hold(1, 1, 100);
        _bench.Mark(89);
        _law.JudgeStep(isValued: true);
        _bench.Mark(99);      // it was so deep: that it is not any more does not matter
        Leave(_bench.Submit(2, 1, side));

        _bench.AssertBroken(law);
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, TortureLaws.Limits)]
    public void Instruments_own_limit_stands_in_the_place_of_the_others(long quantity, string? law)
    {
        Limit(new RiskLimits { PositionMax = Quantity.Units(2), Instruments = new Dictionary<string, InstrumentLimits> { ["X"] = new() { Scope = new ScopeLimits { PositionMax = Quantity.Units(5) } } } });
        Leave(_bench.Submit(1, quantity));

        _bench.AssertBroken(law);
    }

    private void Limit(RiskLimits limits)
    {
        _bench = new LawBench(LawBench.Options with { Limits = limits });
        _bench.Mark(100);
        _law = new LimitLaw(_bench.State, _bench.Limits, _bench.Orders, _bench.Ledger, _bench.Marks, _bench.Equity);
    }

    private void Leave(OrderCommand command)
    {
        _law.Note(in command);
        _law.JudgeStep(isValued: false);
    }
}
