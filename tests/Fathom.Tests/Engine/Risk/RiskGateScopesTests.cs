using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;
using Fathom.Market.Universe;
using Fathom.Tests.Engine.Portfolio.States;
using static Fathom.Tests.Engine.Risk.ScopesRig;

namespace Fathom.Tests.Engine.Risk;

/// <summary>Every limit of every scope: at the limit an order passes, one beyond it is refused with the scope and the numbers.</summary>
public class RiskGateScopesTests
{
    private const long Nano = 1_000_000_000;

    private static readonly OrderRate Two = new(2, new Duration(100));

    public static TheoryData<string> Cases => [.. All().Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void At_the_limit_it_passes_and_one_beyond_is_refused_with_its_numbers(string name)
    {
        Case test = All().Single(other => other.Name == name);
        ScopesRig rig = test.Rig();
        Assert.Equal(Refusal.None, rig.Judge(test.Passes(rig)));
        OrderCommand beyond = test.Refused(rig);
        List<RuleVerdict> verdicts = [];
        rig.Gate.Explain(in beyond, isChild: false, isQuote: false, verdicts);
        Assert.Equal(test.Expected, rig.Judge(beyond));
        RuleVerdict first = verdicts.First(verdict => !verdict.IsPassed);
        Assert.Equal(test.Expected, Refusal.Of(RiskRules.ReasonOf(first.Rule), first.Limit, first.Found, first.Scope));
    }

    [Fact]
    public void Every_rule_that_can_be_configured_has_a_case_for_each_of_its_scopes()
    {
        HashSet<(ReasonCode, RiskScope)> seen = [.. All().Select(test => (test.Expected.Reason, test.Expected.Scope))];
        string[] missing = [.. RiskRules.All.Where(rule => rule.Key.Length > 0 && rule.Rule is not (RiskRule.SelfMatch or RiskRule.CollarReference or RiskRule.State or RiskRule.Margin))      // those four have tests of their own
            .SelectMany(rule => rule.Scopes, (rule, scope) => (rule.Rule, rule.Reason, Scope: scope)).Where(rule => !seen.Contains((rule.Reason, rule.Scope))).Select(rule => $"{rule.Rule} of {rule.Scope}")];
        Assert.True(missing.Length == 0, string.Join('\n', missing));
    }

    [Fact]
    public void An_order_that_only_reduces_passes_every_limit_of_money_orders_and_rates()
    {
        ScopeLimits tight = new() { GrossNotionalMax = 1m, NetNotionalMax = 1m, LeverageMax = 1m, OpenOrdersMax = 1, OrderRateMax = new OrderRate(1, new Duration(100)), CancelRateMax = new OrderRate(1, new Duration(100)) };
        ScopesRig rig = new ScopesRig(Grouped(tight) with { Account = tight, Products = new Dictionary<string, ScopeLimits> { ["CL"] = tight with { PositionMax = Quantity.Units(1) } } }).MarkAll(10m);
        rig.Hold(0, Near, 50m, 10m);
        rig.Cancel(Near);
        rig.Live(Near, -10m, 11m);
        Assert.True(rig.Judge(rig.Order(Near, -40m, 11m)).IsNone);
        Assert.False(rig.Judge(rig.Order(Near, -41m, 11m)).IsNone);
        Assert.False(rig.Judge(rig.Order(Near, 1m, 9m)).IsNone);
    }

    [Fact]
    public void An_unanswered_order_counts_until_it_is_over_and_then_no_more()
    {
        ScopesRig rig = new ScopesRig(new RiskLimits { Both = new ScopeLimits { OpenOrdersMax = 1 }, GrossNotionalMax = 1_050m }).MarkAll(10m);
        Order order = rig.Live(Near, 10m, 10m);
        Assert.Equal(new Refusal(ReasonCode.OpenOrdersLimit, 1, 2, RiskScope.Strategy), rig.Judge(rig.Order(Gas, 1m, 10m)));
        Assert.Equal(ReasonCode.OpenOrdersLimit, rig.Judge(rig.Order(Gas, 1m, 10m, strategy: 1)).Reason);
        rig.Report(order, ReportKind.Accepted);
        rig.Report(order, ReportKind.Filled, 4m);
        Assert.Equal(ReasonCode.OpenOrdersLimit, rig.Judge(rig.Order(Gas, 1m, 10m)).Reason);
        rig.Report(order, ReportKind.Canceled);
        Assert.True(rig.Judge(rig.Order(Near, 6m, 10m)).IsNone);
        Assert.Equal(new Refusal(ReasonCode.NotionalLimit, 1_050 * Nano, 1_100 * Nano, RiskScope.Strategy), rig.Judge(rig.Order(Near, 7m, 10m)));
    }

    [Fact]
    public void A_limit_of_one_scope_stands_in_the_place_of_what_holds_for_all()
    {
        RiskLimits limits = new()
        {
            PositionMax = Quantity.Units(10),
            Strategies = new Dictionary<string, ScopeLimits> { ["taker"] = new() { PositionMax = Quantity.Units(3) } },
            Instruments = new Dictionary<string, InstrumentLimits> { ["NGX5"] = new() { Scope = new ScopeLimits { PositionMax = Quantity.Units(20) } } },
        };
        ScopesRig rig = new(limits);
        Assert.True(rig.Judge(rig.Order(Gas, 20m, 5m)).IsNone);
        Assert.False(rig.Judge(rig.Order(Gas, 21m, 5m)).IsNone);
        Assert.False(rig.Judge(rig.Order(Near, 11m, 5m)).IsNone);
        Assert.True(rig.Judge(rig.Order(Near, 3m, 5m, strategy: 1)).IsNone);
        Assert.Equal(new Refusal(ReasonCode.PositionLimit, 3 * Nano, 4 * Nano, RiskScope.StrategyInstrument), rig.Judge(rig.Order(Near, 4m, 5m, strategy: 1)));
        Assert.Equal(new Refusal(ReasonCode.PositionLimit, 3 * Nano, 4 * Nano, RiskScope.StrategyInstrument), rig.Judge(rig.Order(Gas, 4m, 5m, strategy: 1)));
    }

    [Fact]
    public void A_collar_can_be_measured_from_the_mid_before_the_day()
    {
        ScopesRig rig = new ScopesRig(new RiskLimits { PriceCollarBps = 1_000, PriceCollarFrom = CollarReference.Close }).Mark(Near, 9m, 11m);
        Assert.Equal(ReasonCode.NoReferencePrice, rig.Judge(rig.Order(Near, 1m, 10m)).Reason);
        rig.Account.Advance(At(86_400 * Nano));
        rig.Mark(Near, 20m);
        Assert.True(rig.Judge(rig.Order(Near, 1m, 11m)).IsNone);
        Assert.Equal(new Refusal(ReasonCode.PriceCollar, 11 * Nano, 12 * Nano, RiskScope.Order), rig.Judge(rig.Order(Near, 1m, 12m)));
    }

    [Fact]
    public void Limits_of_exposure_tighten_with_the_factor_in_force()
    {
        RiskLimits limits = new() { GrossNotionalMax = 1_000m, Both = new ScopeLimits { NetNotionalMax = 2_000m }, Groups = [new GroupLimits("fuels", ["CLX5", "NGX5"], new ScopeLimits { GrossNotionalMax = 800m })] };
        ScopesRig rig = new ScopesRig(limits).MarkAll(10m);
        AdaptiveLimits adaptive = new(new AdaptiveOptions { LossFull = 0.5m }, new Readings());
        rig.Gate.Adaptive = adaptive;
        Assert.True(rig.Judge(rig.Order(Near, 8m, 10m)).IsNone);
        adaptive.Restore(InstrumentId.None, Nano / 4, Nano / 4, At(0));
        Assert.True(rig.Judge(rig.Order(Near, 2m, 10m)).IsNone);
        Assert.Equal(new Refusal(ReasonCode.NotionalLimit, 250 * Nano, 300 * Nano, RiskScope.Strategy), rig.Judge(rig.Order(Near, 3m, 10m)));
        rig.Hold(0, Near, 9m, 10m);      // before it tightened: nothing is panicked, what reduces passes
        Assert.True(rig.Judge(rig.Order(Near, -5m, 10m)).IsNone);
        Assert.False(rig.Judge(rig.Order(Near, 1m, 10m)).IsNone);
    }

    [Fact]
    public void A_way_out_is_barred_by_no_list_of_times_in_force_and_no_hours()
    {
        SessionCalendar calendar = new(new SessionHours(Duration.FromMilliseconds(1_000), Duration.FromMilliseconds(2_000), 0x7F, [], [new ZoneOffset(Timestamp.Earliest, Duration.Zero)]));
        ScopesRig rig = new ScopesRig(new RiskLimits { TradingTimes = TradingTimes.Session, TimesInForce = [TimeInForce.Day] }, calendar).MarkAll(10m).Hold(0, Near, 5m, 10m);
        OrderCommand plain = rig.Order(Near, -5m, 10m, time: TimeInForce.ImmediateOrCancel), wayOut = rig.Order(Near, -5m, 10m, time: TimeInForce.ImmediateOrCancel);
        wayOut.Flags |= OrderFlags.ReduceOnly;
        Assert.Equal(ReasonCode.TradingHours, rig.Judge(plain).Reason);
        Assert.True(rig.Judge(wayOut).IsNone);
        rig.State(Near, TradingState.Halted);
        Assert.Equal(ReasonCode.TradingHours, rig.Judge(wayOut).Reason);
    }

    [Fact]
    public void What_waited_here_is_not_judged_again_by_its_time_in_force()
    {
        ScopesRig rig = new ScopesRig(new RiskLimits { TimesInForce = [TimeInForce.GoodTillCancel] }).MarkAll(10m);
        OrderCommand released = rig.Order(Near, 1m, null, time: TimeInForce.ImmediateOrCancel);
        Assert.Equal(ReasonCode.TimeInForceNotAllowed, rig.Judge(released).Reason);
        Assert.True(rig.Gate.Judge(ref released, Quantity.Zero, out _, isReleased: true).IsNone);
    }

    [Fact]
    public void A_collar_from_yesterday_does_not_bar_a_liquidation()
    {
        ScopesRig rig = new ScopesRig(new RiskLimits { PriceCollarBps = 1_000, PriceCollarFrom = CollarReference.Close }).Mark(Near, 10m).Hold(0, Near, 5m, 10m);
        rig.Account.Advance(At(86_400 * Nano));
        rig.Mark(Near, 5m);
        OrderCommand sale = rig.Order(Near, -5m, 5m, time: TimeInForce.ImmediateOrCancel);
        sale.Flags |= OrderFlags.ReduceOnly;
        Assert.Equal(ReasonCode.PriceCollar, rig.Judge(sale).Reason);
        sale.Reason = ReasonCode.Liquidation;
        Assert.True(rig.Judge(sale).IsNone);
    }

    [Fact]
    public void What_cannot_be_counted_can_be_left()
    {
        ScopesRig rig = new ScopesRig(new RiskLimits { GrossNotionalMax = 1_000m });
        InstrumentId yen = new(4);      // of a currency without a rate
        rig.Define(yen, "6JZ5", 1m, "JPY", InstrumentKind.Linear);
        rig.Mark(yen, 10m).Hold(0, yen, 5m, 10m);
        Assert.Equal(ReasonCode.UnsupportedInstrument, rig.Judge(rig.Order(yen, 1m, 10m)).Reason);
        Assert.Equal(ReasonCode.UnsupportedInstrument, rig.Judge(rig.Order(yen, -6m, 10m)).Reason);
        Assert.True(rig.Judge(rig.Order(yen, -5m, 10m)).IsNone);
    }

    [Fact]
    public void Concentration_lets_a_portfolio_begin_and_then_spread()
    {
        ScopesRig rig = new ScopesRig(new RiskLimits { Both = new ScopeLimits { ConcentrationMax = new Concentration(0.5m, 1_000m) } }).MarkAll(10m);
        Assert.True(rig.Judge(rig.Order(Near, 10m, 10m)).IsNone);                                       // all of it, up to the floor
        Assert.Equal(new Refusal(ReasonCode.ConcentrationLimit, Nano / 2, Nano, RiskScope.Strategy), rig.Judge(rig.Order(Near, 11m, 10m)));
        rig.Hold(0, Near, 10m, 10m);
        Assert.True(rig.Judge(rig.Order(Far, 10m, 10m)).IsNone);                                        // half of it
        Assert.Equal(ReasonCode.ConcentrationLimit, rig.Judge(rig.Order(Far, 11m, 10m)).Reason);
        rig.Live(Far, 10m, 10m);
        Assert.Equal(ReasonCode.ConcentrationLimit, rig.Judge(rig.Order(Near, 1m, 10m)).Reason);        // what only may be filled does not spread anything yet
    }

    [Theory]
    [InlineData(TradingState.Unknown, true, true)]
    [InlineData(TradingState.PreOpen, false, true)]
    [InlineData(TradingState.Auction, false, true)]
    [InlineData(TradingState.Continuous, true, true)]
    [InlineData(TradingState.Halted, false, false)]
    [InlineData(TradingState.Closed, false, false)]
    public void The_trading_state_lets_orders_pass_or_not(TradingState state, bool isLimitPassed, bool isForOpenPassed)
    {
        ScopesRig rig = new ScopesRig(new RiskLimits { TradingTimes = TradingTimes.State }).State(Near, state);
        OrderCommand forOpen = rig.Order(Near, 1m, null);
        forOpen.Type = OrderType.AtOpen;
        Assert.Equal((isLimitPassed, isForOpenPassed), (rig.Judge(rig.Order(Near, 1m, 5m)).IsNone, rig.Judge(forOpen).IsNone));
        Assert.True(new ScopesRig(new RiskLimits()).State(Near, state).Judge(rig.Order(Near, 1m, 5m)).IsNone);
    }

    [Fact]
    public void Messages_per_fill_are_counted_by_the_day()
    {
        ScopesRig rig = new(new RiskLimits { Account = new ScopeLimits { MessagesPerFillMax = new MessageRatio(2, 3) } });
        for (int i = 0; i < 3; i++) rig.Cancel(Near, at: i);
        Assert.Equal(new Refusal(ReasonCode.MessagesPerFillLimit, 3, 4, RiskScope.Account), rig.Judge(rig.Order(Near, 1m, 5m, at: 5)));
        rig.Hold(0, Near, 1m, 5m).Hold(0, Near, 1m, 5m);                      // two fills are worth four messages
        Assert.True(rig.Judge(rig.Order(Near, 1m, 5m, at: 6)).IsNone);
        Assert.Equal(ReasonCode.MessagesPerFillLimit, rig.Judge(rig.Order(Near, 1m, 5m, at: 7)).Reason);
        Assert.True(rig.Judge(rig.Order(Near, -1m, 5m, at: 7)).IsNone);      // a way out
        Assert.True(rig.Judge(rig.Order(Near, 1m, 5m, at: 86_400 * Nano)).IsNone);
    }

    [Fact]
    public void An_explanation_has_every_rule_in_order_and_changes_nothing()
    {
        ScopesRig rig = new(new RiskLimits { PositionMax = Quantity.Units(10) });
        OrderCommand command = rig.Order(Near, 11m, 5.001m);
        List<RuleVerdict> verdicts = [];
        rig.Gate.Explain(in command, isChild: false, isQuote: false, verdicts);
        Assert.Equal(Enum.GetValues<RiskRule>(), verdicts.Select(verdict => verdict.Rule).Distinct());
        Assert.Equal([RiskRule.Tick, RiskRule.Position, RiskRule.Position], verdicts.Where(verdict => !verdict.IsPassed).Select(verdict => verdict.Rule));
        Assert.False(verdicts.Single(verdict => verdict.Rule == RiskRule.Leverage).IsConfigured);
        Assert.Equal(0, rig.Gate.Approvals);
    }

    // ---- the table

    private static IEnumerable<Case> All() => [.. Orders(), .. Money(), .. Traffic()];

    private static IEnumerable<Case> Orders()
    {
        yield return new("quantity_max", new RiskLimits { QuantityMax = Quantity.Units(7) }, rig => rig.Order(Near, 7m, 5m), rig => rig.Order(Near, 8m, 5m), Of(ReasonCode.QuantityLimit, 7 * Nano, 8 * Nano, RiskScope.Order));
        yield return new("quantity_min", new RiskLimits { QuantityMin = Quantity.Units(3) }, rig => rig.Order(Near, 3m, 5m), rig => rig.Order(Near, 2m, 5m), Of(ReasonCode.OrderTooSmall, 3 * Nano, 2 * Nano, RiskScope.Order));
        yield return new("order_notional_max", new RiskLimits { OrderNotionalMax = 500m }, rig => rig.Order(Near, 10m, 5m), rig => rig.Order(Near, 10m, 5.01m), Of(ReasonCode.OrderNotionalLimit, 500 * Nano, 501 * Nano, RiskScope.Order));
        yield return new("order_notional_max of an instrument in euros", new RiskLimits { Instruments = Of("NGX5", new InstrumentLimits { OrderNotionalMax = 50m }) },
            rig => rig.Order(Gas, 10m, 4m), rig => rig.Order(Gas, 11m, 4m), Of(ReasonCode.OrderNotionalLimit, 50 * Nano, 55 * Nano, RiskScope.Order));
        yield return new("order_notional_min", new RiskLimits { OrderNotionalMin = 500m }, rig => rig.Order(Near, 10m, 5m), rig => rig.Order(Near, 9m, 5m), Of(ReasonCode.OrderTooSmall, 500 * Nano, 450 * Nano, RiskScope.Order));
        yield return new("price_collar_bps", new RiskLimits { PriceCollarBps = 1_000 }, rig => rig.Order(Near, 1m, 11m), rig => rig.Order(Near, 1m, 11.01m), Of(ReasonCode.PriceCollar, 11 * Nano, 11_010_000_000, RiskScope.Order));
        yield return new("times_in_force", new RiskLimits { TimesInForce = [TimeInForce.Day] }, rig => rig.Order(Near, 1m, 5m, time: TimeInForce.Day), rig => rig.Order(Near, 1m, 5m, time: TimeInForce.FillOrKill),
            Of(ReasonCode.TimeInForceNotAllowed, 2, 5, RiskScope.Order));
        yield return new("trading_hours of the state", new RiskLimits { TradingTimes = TradingTimes.State }, rig => rig.Order(Near, 1m, 5m), rig => rig.State(Near, TradingState.Halted).Order(Near, 1m, 5m),
            Of(ReasonCode.TradingHours, (long)TradingState.Continuous, (long)TradingState.Halted, RiskScope.Instrument));
        SessionHours night = SessionHours.EveryDay with { Open = new Duration(22 * 3600 * Nano), Close = new Duration(23 * 3600 * Nano) };      // the rig's day begins at 22:13:20
        yield return new("trading_hours of the session", new RiskLimits { TradingTimes = TradingTimes.Session }, rig => rig.Order(Near, 1m, 5m), rig => rig.Order(Near, 1m, 5m, at: 46 * 60 * Nano + 40 * Nano),
            Of(ReasonCode.TradingHours, At(86_400 * Nano - 800 * Nano).Nanos, At(46 * 60 * Nano + 40 * Nano).Nanos, RiskScope.Order), Calendar: new SessionCalendar(night));
        yield return new("duplicate_window", new RiskLimits { DuplicateWindow = new Duration(100) }, rig => rig.Order(Near, 1m, 5m), rig => rig.Order(Near, 1m, 5m, at: 99), Of(ReasonCode.Duplicate, 100, 99, RiskScope.StrategyInstrument));
        yield return new("duplicate_window, over", new RiskLimits { DuplicateWindow = new Duration(100), QuantityMax = Quantity.Units(1) }, rig => First(rig, rig.Order(Near, 1m, 5m), rig.Order(Near, 1m, 5m, at: 100)), rig => rig.Order(Near, 2m, 5m, at: 101),
            Of(ReasonCode.QuantityLimit, Nano, 2 * Nano, RiskScope.Order));
        yield return new("position_max", new RiskLimits { PositionMax = Quantity.Units(10) }, rig => rig.Order(Near, -10m, 5m), rig => rig.Order(Near, -11m, 5m), Of(ReasonCode.PositionLimit, 10 * Nano, 11 * Nano, RiskScope.StrategyInstrument));
        yield return new("position_max of the account", new RiskLimits { Account = new ScopeLimits { PositionMax = Quantity.Units(10) } }, rig => rig.Order(Near, 10m, 5m), rig => rig.Hold(1, Near, 4m, 5m).Order(Near, 7m, 5m),
            Of(ReasonCode.PositionLimit, 10 * Nano, 11 * Nano, RiskScope.Instrument));
        yield return new("position_max of a product", new RiskLimits { Products = Of("CL", new ScopeLimits { PositionMax = Quantity.Units(10) }) },
            rig => rig.Hold(1, Far, 4m, 5m).Order(Near, 6m, 5m), rig => rig.Order(Near, 7m, 5m), Of(ReasonCode.PositionLimit, 10 * Nano, 11 * Nano, RiskScope.Product));
        yield return new("position_max of a product by name", new RiskLimits { Products = Of("fuel", new ScopeLimits { PositionMax = Quantity.Units(10) }), ProductOf = Of("NGX5", "fuel") },
            rig => rig.Order(Near, 11m, 5m), rig => rig.Order(Gas, -11m, 5m), Of(ReasonCode.PositionLimit, 10 * Nano, 11 * Nano, RiskScope.Product));
    }

    private static IEnumerable<Case> Money()
    {
        // Near and far are worth 100 for each, gas 12.50.
        foreach ((RiskScope scope, Func<ScopeLimits, RiskLimits> limits) in Scopes())
        {
            string of = scope.ToString();
            bool isWide = scope is RiskScope.Group or RiskScope.Product or RiskScope.Account;
            ScopesRig Held(ScopesRig rig) => isWide ? rig.Hold(1, Far, -4m, 10m) : rig;
            yield return new($"gross_notional_max of {of}", limits(new ScopeLimits { GrossNotionalMax = 1_000m }), rig => Held(rig).Order(Near, isWide ? 6m : 10m, 5m), rig => rig.Order(Near, isWide ? 7m : 11m, 5m),
                Of(ReasonCode.NotionalLimit, 1_000 * Nano, 1_100 * Nano, scope));
            yield return new($"net_notional_max of {of}", limits(new ScopeLimits { NetNotionalMax = 1_000m }), rig => Held(rig).Order(Near, isWide ? 14m : 10m, 5m), rig => rig.Order(Near, isWide ? 15m : 11m, 5m),
                Of(ReasonCode.NetNotionalLimit, 1_000 * Nano, 1_100 * Nano, scope));
            yield return new($"leverage_max of {of}", limits(new ScopeLimits { LeverageMax = 2m }), rig => Held(rig).Order(Near, isWide ? 16m : 20m, 5m), rig => rig.Order(Near, isWide ? 17m : 21m, 5m),
                Of(ReasonCode.LeverageLimit, 2 * Nano, 2_100_000_000, scope));
            // A tenth of it is 100 of 1,000: others hold 900 of gas.
            int hold = scope is RiskScope.Strategy ? 0 : 1;
            yield return new($"concentration_max of {of}", limits(new ScopeLimits { ConcentrationMax = new Concentration(0.1m, 50m) }), rig => rig.Hold(hold, Gas, 72m, 10m).Order(Near, 1m, 5m), rig => rig.Order(Near, 2m, 5m),
                Of(ReasonCode.ConcentrationLimit, Nano / 10, 181_818_182, scope));
        }
        yield return new("daily_loss_max of a strategy", new RiskLimits { Strategies = Of("maker", new ScopeLimits { DailyLossMax = 100m }) }, rig => rig.Hold(0, Near, 10m, 10.99m).Order(Near, 1m, 5m), rig => rig.Mark(Near, 9.99m).Order(Near, 1m, 5m),
            Of(ReasonCode.DailyLossLimit, 100 * Nano, 100 * Nano, RiskScope.Strategy));
        yield return new("daily_loss_max of the account", new RiskLimits { Account = new ScopeLimits { DailyLossMax = 100m } }, rig => rig.Hold(1, Near, 10m, 10.99m).Order(Near, 1m, 5m), rig => rig.Mark(Near, 9.99m).Order(Near, 1m, 5m),
            Of(ReasonCode.DailyLossLimit, 100 * Nano, 100 * Nano, RiskScope.Account));
    }

    private static IEnumerable<Case> Traffic()
    {
        foreach ((RiskScope scope, Func<ScopeLimits, RiskLimits> limits) in Scopes())
        {
            string of = scope.ToString();
            yield return new($"open_orders_max of {of}", limits(new ScopeLimits { OpenOrdersMax = 2 }), rig => Live(rig, 1).Order(Near, 1m, 5m), rig => Live(rig, 1).Order(Near, 1m, 5m), Of(ReasonCode.OpenOrdersLimit, 2, 3, scope));
            yield return new($"order_rate_max of {of}", limits(new ScopeLimits { OrderRateMax = Two }), rig => Live(rig, 1).Order(Near, 1m, 5m, at: 10), rig => rig.Order(Near, 1m, 5m, at: 99), Of(ReasonCode.OrderRateLimit, 2, 3, scope));
            yield return new($"cancel_rate_max of {of}", limits(new ScopeLimits { CancelRateMax = Two }), rig => Canceled(rig, 1).Order(Near, 1m, 5m, at: 10), rig => Canceled(rig, 1).Order(Near, 1m, 5m, at: 99),
                Of(ReasonCode.CancelRateLimit, 2, 3, scope));
            yield return new($"replace_rate_max of {of}", limits(new ScopeLimits { ReplaceRateMax = Two }), rig => Replaced(rig, 1), rig => Replaced(rig, 0), Of(ReasonCode.ReplaceRateLimit, 2, 3, scope));
        }
        yield return new("messages_per_fill_max of a strategy", new RiskLimits { Strategies = Of("maker", new ScopeLimits { MessagesPerFillMax = new MessageRatio(1, 2) }) }, rig => Canceled(rig, 1).Order(Near, 1m, 5m), rig => rig.Order(Near, 1m, 5m),
            Of(ReasonCode.MessagesPerFillLimit, 2, 3, RiskScope.Strategy));
        yield return new("messages_per_fill_max of the account", new RiskLimits { Both = new ScopeLimits { MessagesPerFillMax = new MessageRatio(1, 2) } }, rig => Canceled(rig, 1).Order(Near, 1m, 5m), rig => rig.Order(Near, 1m, 5m, strategy: 1),
            Of(ReasonCode.MessagesPerFillLimit, 2, 3, RiskScope.Account));
    }

    private static IEnumerable<(RiskScope, Func<ScopeLimits, RiskLimits>)> Scopes() =>
    [
        (RiskScope.Strategy, limits => new RiskLimits { Strategies = Of("maker", limits) }),
        (RiskScope.Instrument, limits => new RiskLimits { Instruments = Of("CLX5", new InstrumentLimits { Scope = limits }) }),
        (RiskScope.Product, limits => new RiskLimits { Products = Of("CL", limits) }),
        (RiskScope.Group, Grouped),
        (RiskScope.Account, limits => new RiskLimits { Account = limits }),
    ];

    private static RiskLimits Grouped(ScopeLimits limits) => new() { Groups = [new GroupLimits("other", ["NGX5"], new ScopeLimits { OpenOrdersMax = 1_000 }), new GroupLimits("oil", ["CLX5", "CLZ5"], limits)] };

    private static ScopesRig Live(ScopesRig rig, int count)
    {
        for (int i = 0; i < count; i++) rig.Live(Near, 1m, 5m);
        return rig;
    }

    private static ScopesRig Canceled(ScopesRig rig, int count)
    {
        for (int i = 0; i < count; i++) rig.Cancel(Near);
        return rig;
    }

    /// <summary>A replacement, after so many others of the same order.</summary>
    private static OrderCommand Replaced(ScopesRig rig, int before)
    {
        Order order = rig.Blotter.First(Near) ?? rig.Live(Near, 1m, 5m);
        for (int i = 0; i < before; i++) Assert.True(rig.Judge(rig.Replacement(order, 2m)).IsNone);
        return rig.Replacement(order, 2m);
    }

    private static OrderCommand First(ScopesRig rig, OrderCommand before, OrderCommand then)
    {
        Assert.True(rig.Judge(before).IsNone);
        return then;
    }

    private static Dictionary<string, T> Of<T>(string name, T limits) => new() { [name] = limits };

    private static Refusal Of(ReasonCode reason, long limit, long found, RiskScope scope) => new(reason, limit, found, scope);

    private sealed record Case(string Name, RiskLimits Limits, Func<ScopesRig, OrderCommand> Passes, Func<ScopesRig, OrderCommand> Refused, Refusal Expected, SessionCalendar? Calendar = null)
    {
        public ScopesRig Rig() => new ScopesRig(Limits, Calendar).MarkAll(10m);
    }
}
