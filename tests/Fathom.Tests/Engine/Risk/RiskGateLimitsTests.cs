using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Engine.Risk;

/// <summary>Each limit at its boundary, with its two numbers.</summary>
public class RiskGateLimitsTests
{
    private const long Nano = 1_000_000_000;
    private static readonly CurrencyRate BtcRate = new(AccountTests.Code("BTC"), 20_000m);

    [Theory]
    [InlineData(Side.Buy, 99, 101, 110, true, 0)]
    [InlineData(Side.Buy, 99, 101, 110.01, false, 110)]
    [InlineData(Side.Sell, 99, 101, 90, true, 0)]
    [InlineData(Side.Sell, 99, 101, 89.99, false, 90)]
    [InlineData(Side.Sell, 99, 101, 500, true, 0)]             // in our favour
    [InlineData(Side.Buy, 99, 101, 0.01, true, 0)]
    [InlineData(Side.Buy, 0.01, 0.02, 0.02, false, 0.0165)]    // a mid of 0.015
    [InlineData(Side.Buy, -10, -10, -9, true, 0)]              // a tenth of the mid's size
    [InlineData(Side.Buy, -10, -10, -8.99, false, -9)]
    [InlineData(Side.Sell, -10, -10, -11, true, 0)]
    [InlineData(Side.Sell, -10, -10, -11.01, false, -11)]
    public void A_price_too_far_from_the_mid_in_the_direction_that_costs_is_refused(Side side, double bid, double ask, double price, bool passes, double limit)
    {
        GateRig rig = new GateRig(new RiskLimits { PriceCollarBps = 1_000 }).Mark(GateRig.Dollar, (decimal)bid, (decimal)ask);
        Refusal expected = passes ? Refusal.None : new Refusal(ReasonCode.PriceCollar, Price.From((decimal)limit).Nanos, Price.From((decimal)price).Nanos, RiskScope.Order);
        Assert.Equal(expected, rig.Judge(side, 1m, (decimal)price));
    }

    [Fact]
    public void A_collars_bound_between_two_units_is_the_one_that_passes()
    {
        GateRig rig = new(new RiskLimits { PriceCollarBps = 1 });
        rig.Account.MarkTo(GateRig.Dollar, new Price(33_333), new Price(33_334));      // the bounds are 33,336.83 and 33,330.17
        Assert.Equal(33_336, rig.Judge(Side.Buy, 1m, 5m).Limit);
        Assert.Equal(33_331, rig.Judge(Side.Sell, 1m, 0m).Limit);
        rig.Account.MarkTo(GateRig.Dollar, new Price(-33_334), new Price(-33_333));
        Assert.Equal(-33_331, rig.Judge(Side.Buy, 1m, 0m).Limit);
        Assert.Equal(-33_336, rig.Judge(Side.Sell, 1m, -5m).Limit);
    }

    [Fact]
    public void The_largest_prices_have_a_collar()
    {
        GateRig rig = new(new RiskLimits { PriceCollarBps = 1_000_000 });
        Price high = new(long.MaxValue - long.MaxValue % 10_000_000);
        rig.Account.MarkTo(GateRig.Dollar, high, high);
        Assert.True(rig.Judge(Side.Buy, 1m, high.ToDecimal()).IsNone);
        Assert.True(rig.Judge(Side.Sell, 1m, -high.ToDecimal()).IsNone);
    }

    [Fact]
    public void Without_a_market_nothing_passes_a_collar_and_with_one_a_market_order_does()
    {
        GateRig rig = new(new RiskLimits { PriceCollarBps = 1 });
        rig.Fill(0, GateRig.Dollar, Side.Buy, 1m, 5m);      // what we paid ourselves is no reference
        Assert.Equal(new Refusal(ReasonCode.NoReferencePrice, 0, 0, RiskScope.Order), rig.Judge(Side.Buy, 1m));
        Assert.Equal(new Refusal(ReasonCode.NoReferencePrice, 0, 0, RiskScope.Order), rig.Judge(Side.Buy, 1m, price: null));
        rig.Mark(GateRig.Dollar, 5m);
        Assert.True(rig.Judge(Side.Buy, 1m, price: null).IsNone);
        Assert.True(rig.Judge(Side.Buy, 1m).IsNone);
    }

    [Fact]
    public void One_orders_quantity_is_limited()
    {
        GateRig rig = new(new RiskLimits { QuantityMax = Quantity.Units(7) });
        Assert.True(rig.Judge(Side.Sell, 7m).IsNone);
        Assert.Equal(new Refusal(ReasonCode.QuantityLimit, 7 * Nano, 8 * Nano, RiskScope.Order), rig.Judge(Side.Sell, 8m));
        Assert.Equal(ReasonCode.QuantityLimit, rig.Replace(rig.Submit(Side.Sell, 7m), 8m).Reason);
    }

    [Fact]
    public void A_position_is_limited_for_each_strategy_and_for_the_account()
    {
        GateRig rig = new(new RiskLimits { PositionMax = Quantity.Units(10) });
        rig.Submit(Side.Buy, 6m, strategy: 0);
        Assert.Equal(new Refusal(ReasonCode.PositionLimit, 10 * Nano, 11 * Nano, RiskScope.Instrument), rig.Judge(Side.Buy, 5m, strategy: 1));      // the account: 6 + 5
        rig.Fill(-1, GateRig.Dollar, Side.Sell, 20m, 5m);
        Assert.True(rig.Judge(Side.Buy, 10m, strategy: 1).IsNone);
        Assert.Equal(new Refusal(ReasonCode.PositionLimit, 10 * Nano, 11 * Nano, RiskScope.StrategyInstrument), rig.Judge(Side.Buy, 5m, strategy: 0));      // the strategy: 6 + 5, the account is short
        Assert.True(rig.Judge(Side.Buy, 4m, strategy: 0).IsNone);
    }

    [Fact]
    public void Gross_notional_counts_positions_and_live_orders_of_both_sides_at_the_mark()
    {
        GateRig rig = new GateRig(new RiskLimits { GrossNotionalMax = 1_000m }).Mark(GateRig.Dollar, 9m, 11m);
        rig.Fill(0, GateRig.Dollar, Side.Sell, 30m, 10m);
        rig.Submit(Side.Sell, 20m, 12m);
        rig.Submit(Side.Buy, 10m, 8m);
        Assert.True(rig.Judge(Side.Sell, 40m, 9m).IsNone);
        Assert.Equal(new Refusal(ReasonCode.NotionalLimit, 1_000 * Nano, 1_010 * Nano, RiskScope.Strategy), rig.Judge(Side.Sell, 41m, 9m));
        rig.Mark(GateRig.Dollar, 20m);
        Assert.Equal(new Refusal(ReasonCode.NotionalLimit, 1_000 * Nano, 1_220 * Nano, RiskScope.Strategy), rig.Judge(Side.Sell, 1m, 9m));
    }

    [Fact]
    public void An_order_that_only_makes_the_position_smaller_passes_the_notional_limit()
    {
        GateRig rig = new GateRig(new RiskLimits { GrossNotionalMax = 1_000m }).Mark(GateRig.Dollar, 10m);
        rig.Fill(0, GateRig.Dollar, Side.Buy, 150m, 10m);
        Assert.Equal(ReasonCode.NotionalLimit, rig.Judge(Side.Buy, 1m).Reason);
        Assert.Equal(ReasonCode.NotionalLimit, rig.Judge(Side.Sell, 151m).Reason);
        Order sell = rig.Submit(Side.Sell, 100m);
        Assert.True(rig.Judge(Side.Sell, 50m).IsNone);
        Assert.Equal(ReasonCode.NotionalLimit, rig.Judge(Side.Sell, 51m).Reason);
        Assert.True(rig.Replace(sell, 150m).IsNone);
        Assert.Equal(ReasonCode.NotionalLimit, rig.Replace(sell, 151m).Reason);
    }

    [Fact]
    public void An_order_that_makes_the_strategys_position_smaller_and_the_accounts_larger_is_held_to_the_accounts_limit()
    {
        GateRig rig = new GateRig(new RiskLimits { GrossNotionalMax = 1_000m }).Mark(GateRig.Dollar, 10m);
        rig.Fill(0, GateRig.Dollar, Side.Buy, 50m, 10m);
        rig.Fill(-1, GateRig.Dollar, Side.Sell, 140m, 10m);
        Assert.True(rig.Judge(Side.Sell, 10m).IsNone);
        Assert.Equal(new Refusal(ReasonCode.NotionalLimit, 1_000 * Nano, 1_010 * Nano, RiskScope.Account), rig.Judge(Side.Sell, 11m));
        Assert.True(rig.Judge(Side.Buy, 50m).IsNone);
    }

    [Fact]
    public void Gross_notional_is_over_all_instruments_at_stated_rates_for_the_strategy_and_for_the_account()
    {
        GateRig rig = new GateRig(new RiskLimits { GrossNotionalMax = 1_000m }, rates: BtcRate).Mark(GateRig.Dollar, 10m).Mark(GateRig.Coin, 40_000m);
        rig.Fill(0, GateRig.Coin, Side.Sell, 4m, 50_000m);                                    // 4 × 100 / 40,000 = 0.01 coins, 200 dollars
        rig.Submit(Side.Buy, 6m, 30_000m, GateRig.Coin, strategy: 1);                         // 300 dollars
        Assert.True(rig.Judge(Side.Buy, 50m, strategy: 1).IsNone);
        Assert.Equal(new Refusal(ReasonCode.NotionalLimit, 1_000 * Nano, 1_010 * Nano, RiskScope.Account), rig.Judge(Side.Buy, 51m, strategy: 1));
        rig.Fill(-1, GateRig.Coin, Side.Buy, 4m, 40_000m);                                    // the account is flat, the strategy is not
        Assert.True(rig.Judge(Side.Buy, 70m, strategy: 1).IsNone);
        Assert.Equal(new Refusal(ReasonCode.NotionalLimit, 1_000 * Nano, 1_010 * Nano, RiskScope.Strategy), rig.Judge(Side.Buy, 81m, strategy: 0));
        Assert.Equal(new Refusal(ReasonCode.NotionalLimit, 1_000 * Nano, 1_010 * Nano, RiskScope.Strategy), rig.Judge(Side.Buy, 71m, strategy: 1));
    }

    [Fact]
    public void A_limit_in_money_refuses_what_it_cannot_count()
    {
        foreach (RiskLimits limits in new[] { new RiskLimits { GrossNotionalMax = 1_000m }, new RiskLimits { DailyLossMax = 1_000m } })
        {
            GateRig rig = new GateRig(limits, rates: BtcRate).Mark(GateRig.Euro, 10m);
            Assert.Equal(new Refusal(ReasonCode.UnsupportedInstrument, 0, 2), rig.Judge(Side.Buy, 1m, instrument: GateRig.Euro));
        }
        GateRig without = new(new RiskLimits { GrossNotionalMax = 1_000m }, rates: BtcRate);
        Assert.Equal(new Refusal(ReasonCode.NoReferencePrice, 0, 1), without.Judge(Side.Buy, 1m, instrument: GateRig.Coin));
        Assert.True(new GateRig(new RiskLimits()).Judge(Side.Buy, 1m, instrument: GateRig.Euro).IsNone);
    }

    [Fact]
    public void A_notional_too_large_for_its_number_is_refused_with_the_largest_number()
    {
        GateRig rig = new(new RiskLimits { GrossNotionalMax = RiskLimits.MoneyMax }, rates: new CurrencyRate(AccountTests.Code("EUR"), 9_000_000_000m));
        rig.Account.MarkTo(GateRig.Euro, new Price(long.MaxValue - 1), new Price(long.MaxValue - 1));
        Assert.Equal(new Refusal(ReasonCode.NotionalLimit, long.MaxValue, long.MaxValue, RiskScope.Strategy), rig.Judge(Side.Buy, 100_000_000m, instrument: GateRig.Euro));
    }

    [Fact]
    public void So_many_orders_and_replacements_pass_in_a_window_that_is_open_at_its_start()
    {
        GateRig rig = new(new RiskLimits { OrderRateMax = new OrderRate(3, new Duration(100)) });
        Order order = rig.Submit(Side.Buy, 1m, at: 0);
        Assert.Equal(ReasonCode.PriceOffTick, rig.Judge(Side.Buy, 1m, 5.001m, at: 0).Reason);      // what did not leave does not count
        Assert.True(rig.Replace(order, 2m, at: 10).IsNone);
        Assert.True(rig.Judge(Side.Buy, 1m, strategy: 1, at: 10).IsNone);
        OrderCommand cancel = rig.Command(Side.Buy, 1m, 5m, at: 10);
        cancel.Kind = CommandKind.Cancel;
        rig.Gate.PassCancel(ref cancel);
        Assert.Equal(new Refusal(ReasonCode.OrderRateLimit, 3, 4, RiskScope.Account), rig.Judge(Side.Buy, 1m, at: 99));
        Assert.Equal(ReasonCode.OrderRateLimit, rig.Replace(order, 3m, at: 99).Reason);
        Assert.True(rig.Judge(Side.Buy, 1m, at: 100).IsNone);                                          // the first left exactly 100 before
        Assert.Equal(ReasonCode.OrderRateLimit, rig.Judge(Side.Buy, 1m, at: 109).Reason);
        Assert.True(rig.Judge(Side.Buy, 1m, at: 110).IsNone);
        Assert.True(rig.Judge(Side.Buy, 1m, at: 110).IsNone);
        Assert.Equal(ReasonCode.OrderRateLimit, rig.Judge(Side.Buy, 1m, at: 110).Reason);
    }

    [Fact]
    public void A_reduce_only_order_is_counted_and_never_one_too_many()
    {
        GateRig rig = new(new RiskLimits { OrderRateMax = new OrderRate(1, new Duration(100)) });
        rig.Fill(0, GateRig.Dollar, Side.Buy, 2m, 5m);
        OrderCommand exit = rig.Command(Side.Sell, 1m, 5m, at: 0);
        exit.Flags |= OrderFlags.ReduceOnly;
        Assert.True(rig.Gate.Judge(ref exit, Quantity.Zero, out _).IsNone);
        OrderCommand another = rig.Command(Side.Sell, 1m, 5m, at: 50);
        another.Flags |= OrderFlags.ReduceOnly;
        Assert.True(rig.Gate.Judge(ref another, Quantity.Zero, out _).IsNone);
        Assert.Equal(ReasonCode.OrderRateLimit, rig.Judge(Side.Buy, 1m, at: 149).Reason);
        Assert.True(rig.Judge(Side.Buy, 1m, at: 150).IsNone);
    }

    [Fact]
    public void After_the_days_loss_only_orders_that_make_the_position_smaller_pass_until_the_next_day()
    {
        GateRig rig = new GateRig(new RiskLimits { DailyLossMax = 100m }).Mark(GateRig.Dollar, 10m);
        rig.Fill(0, GateRig.Dollar, Side.Buy, 50m, 10m);
        Order before = rig.Submit(Side.Sell, 10m);
        rig.Mark(GateRig.Dollar, 8.01m);                                                   // 99.50
        Assert.True(rig.Judge(Side.Buy, 1m).IsNone);
        rig.Mark(GateRig.Dollar, 8m).Mark(GateRig.Dollar, 12m);                            // it was reached, whatever comes after
        Assert.Equal(new Refusal(ReasonCode.DailyLossLimit, 100 * Nano, 100 * Nano, RiskScope.Strategy), rig.Judge(Side.Buy, 1m));
        Assert.Equal(ReasonCode.DailyLossLimit, rig.Judge(Side.Buy, 1m, strategy: 1).Reason);      // the account's loss is everybody's
        Assert.True(rig.Judge(Side.Sell, 40m).IsNone);
        Assert.Equal(ReasonCode.DailyLossLimit, rig.Judge(Side.Sell, 41m).Reason);         // ten are on their way already
        Assert.True(rig.Replace(before, 50m).IsNone);
        Assert.Equal(ReasonCode.DailyLossLimit, rig.Replace(before, 51m).Reason);
        rig.Mark(GateRig.Dollar, 7m);
        Assert.Equal(new Refusal(ReasonCode.DailyLossLimit, 100 * Nano, 150 * Nano, RiskScope.Strategy), rig.Judge(Side.Buy, 1m));

        rig.Account.Advance(GateRig.At(86_400 * Nano));
        Assert.True(rig.Judge(Side.Buy, 1m).IsNone);
    }

    [Fact]
    public void A_strategys_loss_is_its_own_while_the_account_has_none()
    {
        GateRig rig = new GateRig(new RiskLimits { DailyLossMax = 100m }, rates: BtcRate).Mark(GateRig.Coin, 50_000m);
        rig.Fill(0, GateRig.Coin, Side.Buy, 20m, 50_000m);
        rig.Fill(1, GateRig.Coin, Side.Sell, 20m, 50_000m);
        rig.Mark(GateRig.Coin, 40_000m);      // 20 × 100 × (1/50,000 − 1/40,000) = −0.01 coins, 200 dollars
        Assert.Equal(new Refusal(ReasonCode.DailyLossLimit, 100 * Nano, 200 * Nano, RiskScope.Strategy), rig.Judge(Side.Buy, 1m, strategy: 0));
        Assert.True(rig.Judge(Side.Buy, 1m, strategy: 1).IsNone);
    }

    [Fact]
    public void A_kill_switch_lets_nothing_but_cancels_pass()
    {
        GateRig rig = new(new RiskLimits());
        Order order = rig.Submit(Side.Buy, 1m);
        Assert.True(rig.Gate.KillSwitch.TryTurnOn(new ActiveKill(KillSwitch.All, InstrumentId.None, GateRig.At(5), KillCause.Operator, Flattens: false, "")));
        Assert.Equal(new Refusal(ReasonCode.KillSwitch, 0, 1, RiskScope.Account), rig.Judge(Side.Sell, 1m));
        Assert.Equal(ReasonCode.KillSwitch, rig.Judge(Side.Buy, -1m, instrument: new InstrumentId(99)).Reason);      // before anything else
        Assert.Equal(ReasonCode.KillSwitch, rig.Replace(order, 2m).Reason);
        OrderCommand cancel = rig.Command(Side.Buy, 1m, 5m);
        cancel.Kind = CommandKind.Cancel;
        Assert.Equal(2, rig.Gate.PassCancel(ref cancel).Number);
        Assert.True(rig.Gate.KillSwitch.TryTurnOff(KillSwitch.All, InstrumentId.None, out _));
        Assert.True(rig.Judge(Side.Sell, 1m).IsNone);
    }

    [Fact]
    public void A_replacement_counts_once_at_the_larger_of_what_it_was_and_will_be()
    {
        GateRig rig = new(new RiskLimits { PositionMax = Quantity.Units(10) });
        Order order = rig.Submit(Side.Buy, 6m);
        rig.Submit(Side.Buy, 3m);
        Assert.True(rig.Replace(order, 7m).IsNone);
        Assert.Equal(new Refusal(ReasonCode.PositionLimit, 10 * Nano, 11 * Nano, RiskScope.StrategyInstrument), rig.Replace(order, 8m));

        // Two of six are filled: they are held now, four are reserved, and a whole new quantity of seven may fill five more.
        rig.Blotter.Apply(AFill(order, 2m));
        rig.Fill(0, GateRig.Dollar, Side.Buy, 2m, 5m);
        Assert.True(rig.Replace(order, 7m).IsNone);
        Assert.Equal(new Refusal(ReasonCode.PositionLimit, 10 * Nano, 11 * Nano, RiskScope.StrategyInstrument), rig.Replace(order, 8m));

        // Smaller than before: the old order may still fill, so nothing is given back.
        rig.Fill(-1, GateRig.Dollar, Side.Buy, 1m, 5m);
        Assert.True(rig.Replace(order, 1m).IsNone);
        rig.Fill(-1, GateRig.Dollar, Side.Buy, 1m, 5m);
        Assert.Equal(new Refusal(ReasonCode.PositionLimit, 10 * Nano, 11 * Nano, RiskScope.Instrument), rig.Replace(order, 1m));
    }

    [Fact]
    public void Only_a_live_order_is_replaced_on_its_own_side()
    {
        GateRig rig = new(new RiskLimits());
        OrderCommand unknown = rig.Command(Side.Buy, 1m, 5m);
        unknown.Kind = CommandKind.Replace;
        Assert.Throws<InvariantException>(() => { rig.Gate.Judge(ref unknown, Quantity.Zero, out _); });
        OrderCommand turned = rig.Command(Side.Sell, 1m, 5m);
        (turned.Kind, turned.ClientOrderId) = (CommandKind.Replace, rig.Submit(Side.Buy, 1m).Id);
        Assert.Throws<InvariantException>(() => { rig.Gate.Judge(ref turned, Quantity.Units(1), out _); });
        OrderCommand order = rig.Command(Side.Buy, 1m, 5m);
        Assert.Throws<InvariantException>(() => { rig.Gate.Judge(ref order, Quantity.Units(1), out _); });
    }

    [Fact]
    public void No_judgement_allocates()
    {
        RiskLimits limits = new()
        {
            PositionMax = Quantity.Units(10),
            QuantityMax = Quantity.Units(5),
            PriceCollarBps = 5_000,
            GrossNotionalMax = 1_000m,
            DailyLossMax = 100m,
            OrderRateMax = new OrderRate(1_000_000, new Duration(1)),
        };
        GateRig rig = new GateRig(limits, rates: BtcRate).Mark(GateRig.Dollar, 5m).Mark(GateRig.Coin, 40_000m);
        rig.Fill(0, GateRig.Coin, Side.Buy, 1m, 40_000m);
        Order order = rig.Submit(Side.Buy, 2m);
        int approved = 0;
        void Work()
        {
            for (int step = 0; step < 200; step++)
            {
                OrderCommand command = rig.Command(step % 2 == 0 ? Side.Buy : Side.Sell, step % 7, 4m + step % 5, at: step);
                if (rig.Gate.Judge(ref command, Quantity.Zero, out _).IsNone) approved++;
                (command.Kind, command.ClientOrderId, command.Side) = (CommandKind.Replace, order.Id, order.Side);
                rig.Gate.Judge(ref command, order.Leaves, out _);
            }
        }
        Work();
        Assert.InRange(approved, 50, 150);
        Assert.Equal(0, Allocated.AtLeast(Work));
    }

    private static OrderReport AFill(Order order, decimal quantity) => new()
    {
        Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 1, order.Instrument, default, default),
        ClientOrderId = order.Id,
        ExecutionId = new ExecutionId(0, 1),
        Kind = ReportKind.Filled,
        Side = order.Side,
        LastPrice = Price.From(5m),
        LastQuantity = Quantity.From(quantity),
        QueueAhead = Quantity.None,
    };
}
