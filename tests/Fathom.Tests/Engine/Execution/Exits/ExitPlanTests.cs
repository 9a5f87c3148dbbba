using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Tests.Engine.Execution.Exits;

public class ExitPlanTests
{
    [Theory]
    [InlineData(2, 10.02, 9.97, 10.12, Side.Sell)]
    [InlineData(-2, 10.02, 10.07, 9.92, Side.Buy)]
    [InlineData(2, 10.024, 9.98, 10.13, Side.Sell)]       // 9.974 and 10.124: no more lost, no less won than stated
    [InlineData(-2, 10.024, 10.07, 9.92, Side.Buy)]
    [InlineData(2, -0.02, -0.07, 0.08, Side.Sell)]        // prices below zero
    [InlineData(2, 0.05, 0.01, 0.15, Side.Sell)]          // a trigger of zero would count as none
    [InlineData(-2, -0.05, -0.01, -0.15, Side.Buy)]
    public void Levels_are_at_their_distance_from_the_average(decimal position, double average, double stop, double profit, Side side)
    {
        ExitOptions options = new() { StopLoss = PriceDistance.OfTicks(5), TakeProfit = PriceDistance.OfTicks(10) };
        ExitPlan plan = ExitPlan.For(options, Quantity.From(position), Price.From((decimal)average), Price.None, Price.From(0.01m));
        Assert.Equal(((decimal)stop, (decimal)profit, side, Math.Abs(position)), (plan.Trigger.ToDecimal(), plan.TakeProfit.ToDecimal(), plan.Side, plan.Quantity.ToDecimal()));
        Assert.Equal((OrderType.Stop, ReasonCode.StopLoss), (plan.StopType, plan.StopReason));
    }

    [Fact]
    public void A_trail_is_there_from_the_beginning_and_the_tighter_of_two_stops_holds()
    {
        ExitOptions both = new() { StopLoss = PriceDistance.OfTicks(5), Trailing = PriceDistance.OfTicks(3) };
        ExitPlan plan = ExitPlan.For(both, Quantity.Units(1), Price.From(10m), Price.From(0.03m), Price.From(0.01m));
        Assert.Equal((9.97m, 0.03m, OrderType.Trailing, ReasonCode.TrailingStop), (plan.Trigger.ToDecimal(), plan.TrailOffset.ToDecimal(), plan.StopType, plan.StopReason));
        plan = ExitPlan.For(both, Quantity.Units(-1), Price.From(10m), Price.From(0.07m), Price.From(0.01m));
        Assert.Equal(10.05m, plan.Trigger.ToDecimal());
        Assert.False(plan.HasTakeProfit);
    }

    [Fact]
    public void Levels_are_on_the_tick_on_their_sides_of_the_average_and_never_overflow()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            Random random = new(seed);
            bool isFar = random.Next(10) == 0, isLong = random.Next(2) == 0;
            long tick = (long)Math.Pow(10, random.Next(0, 10)) * random.Next(1, 6);
            Price average = isFar ? new Price(random.Next(2) == 0 ? long.MaxValue - 1 : long.MinValue + 1) : new Price(random.NextInt64(-1_000_000_000_000_000, 1_000_000_000_000_000));
            PriceDistance distance = random.Next(2) == 0 ? PriceDistance.OfTicks(random.NextInt64(1, 1_000_000_000)) : PriceDistance.OfBps(Math.Round((decimal)(random.NextDouble() * 10_000) + 0.001m, 9));
            ExitPlan plan = ExitPlan.For(new ExitOptions { StopLoss = distance, TakeProfit = distance }, isLong ? Quantity.Units(1) : -Quantity.Units(1), average, Price.None, new Price(tick));
            string where = $"seed {seed}: {average} {distance} tick {tick}: {plan}";
            Assert.True(plan.Trigger.Nanos % tick == 0 && plan.TakeProfit.Nanos % tick == 0 && plan.Trigger.Nanos != 0, where);
            if (isFar) continue;
            Assert.True(isLong ? plan.Trigger.Nanos <= average.Nanos + tick && plan.TakeProfit > average : plan.Trigger.Nanos >= average.Nanos - tick && plan.TakeProfit < average, where);
            Int128 away = Int128.Abs((Int128)plan.Trigger.Nanos - average.Nanos), most = distance.At(average, new Price(tick)).Nanos;
            Assert.True(away <= most + (plan.Trigger.Nanos == tick || plan.Trigger.Nanos == -tick ? tick : 0), where);
            Assert.True(Int128.Abs((Int128)plan.TakeProfit.Nanos - average.Nanos) >= most, where);
        }
    }
}
