using System.Numerics;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Tests.Engine.Portfolio;

public class AccountTests
{
    private static readonly InstrumentId First = new(0), Second = new(1);

    [Fact]
    public void A_linear_fill_moves_profit_and_fee_only()
    {
        Account account = AnAccount(multiplier: 1000m);
        account.Book(0, First, Side.Buy, Price.From(60.00m), Quantity.Units(2), feeNanos: 1_240_000_000);
        Assert.Equal(100_000m - 1.24m, account.Cash);
        account.MarkTo(First, Price.From(60.01m), Price.From(60.02m));

        Assert.Equal(30m, account.Unrealized);      // 0.015 × 2 × 1000
        account.Book(0, First, Side.Sell, Price.From(60.03m), Quantity.Units(1), feeNanos: 0);
        Assert.Equal(30m, account.Realized);
        Assert.Equal(15m, account.Unrealized);
        Assert.Equal(100_000m + 30m + 15m - 1.24m, account.Equity);
    }

    [Fact]
    public void A_spot_fill_moves_the_cash_that_pays_for_it()
    {
        Account account = AnAccount(kind: InstrumentKind.Spot);
        account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(10), feeNanos: 0);
        Assert.Equal(99_500m, account.Cash);
        account.Book(0, First, Side.Sell, Price.From(52m), Quantity.Units(10), feeNanos: 0);
        Assert.Equal(100_020m, account.Cash);
        Assert.Equal(100_020m, account.Equity);
    }

    [Fact]
    public void Without_any_mark_a_fill_is_worth_what_was_paid()
    {
        Account account = AnAccount();
        account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(10), feeNanos: 0);
        Assert.Equal(0m, account.Unrealized);
    }

    [Fact]
    public void Another_currencys_money_stands_apart_and_without_a_rate_there_is_no_total()
    {
        Account account = AnAccount(currency: "EUR");
        Assert.Equal(100_000m, account.Totals!.Value.Equity);
        account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(3), feeNanos: 1_000_000_000);
        account.MarkTo(First, Price.From(70m), Price.From(70m));
        Assert.Equal(100_000m, account.Equity);
        AccountMoney euro = account.Money[1];
        Assert.Equal((Code("EUR"), 0m, 60m, 1m, 59m), (euro.Currency, euro.Ledger.Start, euro.Ledger.Unrealized, euro.Ledger.Fees, euro.Ledger.Equity));
        Assert.Equal(59m, account.Strategy(0).LedgerOf(euro)!.Equity);
        Assert.Null(account.External.LedgerOf(euro));
        Assert.Null(account.Totals);
        Assert.Null(account.TotalCurve);
        Assert.Equal(0, account.UnvaluedFills);
    }

    [Fact]
    public void With_a_stated_rate_the_total_is_converted_part_by_part()
    {
        Account account = AnAccount(currency: "EUR", rates: [new CurrencyRate(Code("EUR"), 1.1m), new CurrencyRate(Code("JPY"), 0.0065m)]);
        account.Advance(Day(10, 1));
        account.Define(Definition(Second));
        account.Book(0, Second, Side.Buy, Price.From(10m), Quantity.Units(1000), feeNanos: 0);
        account.MarkTo(Second, Price.From(0m), Price.From(0m));             // 10,000 lost of 100,000
        account.MarkTo(Second, Price.From(10m), Price.From(10m));
        account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(4), feeNanos: 1);
        account.Book(0, First, Side.Sell, Price.From(51m), Quantity.Units(1), feeNanos: 0);
        account.MarkTo(First, Price.From(70.000000001m), Price.From(70.000000002m));

        AccountTotals totals = account.Totals!.Value;
        Assert.Equal(100_000m, totals.Start);
        Assert.Equal(1.1m, totals.Realized);
        Assert.Equal(66.000000004m, totals.Unrealized);      // 60.0000000045, to even 60.000000004, times 1.1 is 66.0000000044
        Assert.Equal(0.000000001m, totals.Fees);             // 1.1 of the smallest unit
        Assert.Equal(totals.Start + totals.Realized + totals.Unrealized - totals.Fees, totals.Equity);

        Assert.Equal(0.1, account.TotalCurve!.DrawdownMax, 12);      // goes on from the account's own currency
        account.MarkTo(First, Price.From(-300m), Price.From(-300m));
        account.MarkTo(Second, Price.From(-20m), Price.From(-20m));
        Assert.Equal((66.000000004 + 350 * 3.3 + 30_000) / 100_067.1, account.TotalCurve!.DrawdownMax, 9);
        account.Finish();
        Assert.Equal([new DailyEquity(10, account.Totals!.Value.Equity)], account.TotalCurve!.Days);
    }

    [Theory]
    [InlineData(0, "above zero")]
    [InlineData(-1, "above zero")]
    [InlineData(0.0000000001, "whole number of 1e-9")]
    [InlineData(1e10, "at most")]
    public void A_rate_that_cannot_be_is_refused(double rate, string said) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => AnAccount(rates: [new CurrencyRate(Code("EUR"), (decimal)rate)])).Message);

    [Fact]
    public void A_currency_has_one_rate_and_the_accounts_own_is_one()
    {
        Assert.Throws<ArgumentException>(() => AnAccount(rates: [new CurrencyRate(Code("EUR"), 1m), new CurrencyRate(Code("EUR"), 1m)]));
        Assert.Throws<ArgumentException>(() => AnAccount(rates: [new CurrencyRate(Code("USD"), 1m)]));
    }

    [Fact]
    public void An_inverse_instrument_pays_in_its_coin()
    {
        Account account = AnAccount(multiplier: 100m, kind: InstrumentKind.Inverse, currency: "BTC");
        account.Book(0, First, Side.Buy, Price.From(50_000m), Quantity.Units(100), feeNanos: 50_000);
        account.MarkTo(First, Price.From(39_999m), Price.From(40_001m));
        Ledger coin = account.Money[1].Ledger;
        Assert.Equal(-0.05m, coin.Unrealized);      // 100 × 100 × (1/50,000 − 1/40,000)
        account.Book(0, First, Side.Sell, Price.From(62_500m), Quantity.Units(50), feeNanos: 0);
        Assert.Equal(0.02m, coin.Realized);         // 50 × 100 × (1/50,000 − 1/62,500)
        Assert.Equal(-0.025m, coin.Unrealized);
        Assert.Equal(0.00005m, coin.Fees);
        Assert.Equal(-0.00505m, coin.Equity);
        Assert.Equal(-0.00505m + 0.025m, coin.Cash);
        Assert.Equal(100_000m, account.Equity);
        Assert.Equal(0.0, account.Money[1].Curve.DrawdownMax);      // it never was above zero
        account.Finish();
    }

    [Fact]
    public void A_price_that_an_inverse_instrument_cannot_have_is_taken_at_the_mark()
    {
        Account account = AnAccount(multiplier: 100m, kind: InstrumentKind.Inverse, currency: "BTC");
        account.Book(0, First, Side.Sell, Price.From(0m), Quantity.Units(1), feeNanos: 0);      // there is no mark: worth nothing
        account.Book(0, First, Side.Buy, Price.From(-1m), Quantity.Units(1), feeNanos: 0);
        Assert.Equal(0m, account.Money[1].Ledger.Equity);
        account.MarkTo(First, Price.From(40_000m), Price.From(40_000m));
        account.MarkTo(First, Price.From(-1m), Price.From(40_000m));      // no good market: the last one stands
        account.Book(0, First, Side.Buy, Price.From(0m), Quantity.Units(3), feeNanos: 7);
        Assert.Equal(3, account.UnvaluedFills);
        Assert.Equal(Quantity.Units(3), account.Strategy(0).Quantity(First));
        Assert.Equal(-0.000000007m, account.Money[1].Ledger.Equity);
        account.Finish();
    }

    [Fact]
    public void A_position_is_valued_once_its_instrument_can_be()
    {
        Account account = new(Code("USD"), 100_000m, strategies: 1);
        account.Define(Unsettled());
        account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(3), feeNanos: 1);
        account.MarkTo(First, Price.From(60m), Price.From(60m));
        Assert.Equal(1, account.UnvaluedFills);
        Assert.Single(account.Money);
        Assert.Equal(Quantity.Units(3), account.Strategy(0).Quantity(First));

        account.Define(Definition(First, kind: InstrumentKind.Inverse, currency: "BTC"));
        Assert.Equal(0.01m, account.Money[1].Ledger.Unrealized);      // 3 × (1/50 − 1/60)
        Assert.Equal(0.01m, account.Strategy(0).LedgerOf(account.Money[1])!.Unrealized);
        account.Finish();
    }

    [Theory]
    [InlineData(InstrumentKind.Linear, "EUR")]
    [InlineData(InstrumentKind.Inverse, "USD")]
    public void What_was_traded_keeps_its_currency_and_its_formula(InstrumentKind kind, string currency)
    {
        Account account = AnAccount();
        account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(3), feeNanos: 0);
        account.MarkTo(First, Price.From(60m), Price.From(60m));
        account.Define(Definition(First, kind: kind, currency: currency));
        Assert.False(account.Terms(First).IsSupported);
        Assert.Equal(0m, account.Unrealized);
        account.Book(0, First, Side.Sell, Price.From(70m), Quantity.Units(1), feeNanos: 0);
        Assert.Equal((0m, 1L), (account.Realized, account.UnvaluedFills));
        Assert.Single(account.Money);

        account.Define(Definition(First));
        Assert.Equal(20m, account.Unrealized);      // two at 50, the mark at 60
        account.Finish();
    }

    [Fact]
    public void Each_position_side_is_a_position_and_what_is_held_is_their_sum()
    {
        Account account = AnAccount();
        Holding bought = account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(5), feeNanos: 3, PositionSide.Long);
        Holding sold = account.Book(0, First, Side.Sell, Price.From(52m), Quantity.Units(2), feeNanos: 4, PositionSide.Short);
        account.Book(-1, First, Side.Sell, Price.From(52m), Quantity.Units(1), feeNanos: 0);
        account.MarkTo(First, Price.From(51m), Price.From(51m));
        Assert.Equal((Quantity.Units(5), Quantity.Units(-2)), (bought.Position.Quantity, sold.Position.Quantity));
        Assert.Equal(Quantity.Units(3), account.Strategy(0).Quantity(First));
        Assert.Equal(Quantity.Units(2).Nanos, account.Held(First));
        Assert.Equal((5_000_000_000, 2_000_000_000), (bought.UnrealizedNanos, sold.UnrealizedNanos));
        Assert.Equal(8m, account.Unrealized);
        Assert.Equal(51m * 8, account.GrossNotional(Code("USD")));      // 5, 2 and 1
        Assert.Equal(51m * 7, account.GrossNotional(0, Code("USD")));
        Assert.Same(bought, account.Book(0, First, Side.Sell, Price.From(53m), Quantity.Units(5), feeNanos: 0, PositionSide.Long));
        Assert.Equal(15_000_000_000, bought.RealizedNanos);

        Assert.Equal(
        [
            new AccountPosition(0, First, PositionSide.Long, Quantity.Zero, Price.None, 15m, 0m, 0.000000003m, Code("USD")),
            new AccountPosition(0, First, PositionSide.Short, Quantity.Units(-2), Price.From(52m), 0m, 2m, 0.000000004m, Code("USD")),
            new AccountPosition(-1, First, PositionSide.Net, Quantity.Units(-1), Price.From(52m), 0m, 1m, 0m, Code("USD")),
        ], account.Positions());
        account.Finish();
    }

    [Fact]
    public void A_position_side_that_is_no_word_is_net()
    {
        Account account = AnAccount();
        Assert.Equal(PositionSide.Net, account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(5), feeNanos: 0, (PositionSide)200).Side);
        Assert.Equal(Quantity.Units(5), account.Strategy(0).Quantity(First));
    }

    [Fact]
    public void Gross_notional_is_by_currency_and_positions_of_owners_meet()
    {
        Account account = AnAccount(multiplier: 10m);
        account.Define(Definition(Second, multiplier: 100m, kind: InstrumentKind.Inverse, currency: "BTC"));
        account.Book(0, First, Side.Sell, Price.From(5m), Quantity.Units(4), feeNanos: 0);
        account.Book(-1, First, Side.Buy, Price.From(5m), Quantity.Units(1), feeNanos: 0);
        account.Book(0, Second, Side.Sell, Price.From(5m), Quantity.Units(4), feeNanos: 0);
        account.MarkTo(First, Price.From(6m), Price.From(7m));
        account.MarkTo(Second, Price.From(39_000m), Price.From(41_000m));
        Assert.Equal((195m, 260m, 65m), (account.GrossNotional(Code("USD")), account.GrossNotional(0, Code("USD")), account.GrossNotional(-1, Code("USD"))));
        Assert.Equal(0.01m, account.GrossNotional(Code("BTC")));
        account.Book(0, Second, Side.Buy, Price.From(5m), Quantity.Units(4), feeNanos: 0);
        Assert.Equal(0m, account.GrossNotional(Code("BTC")));
    }

    [Fact]
    public void The_days_loss_counts_what_is_unrealised_and_starts_anew_each_day()
    {
        Account account = AnAccount();
        account.Advance(Day(10, 1));
        account.Book(0, First, Side.Buy, Price.From(100m), Quantity.Units(2), feeNanos: 1_000_000_000);
        account.MarkTo(First, Price.From(95m), Price.From(95m));
        Ledger total = account.Money[0].Ledger, strategy = account.Strategy(0).Ledger;
        Assert.Equal((11m, 11m), (total.DayLoss, strategy.DayLoss));
        account.MarkTo(First, Price.From(120m), Price.From(120m));
        Assert.Equal((0m, 0m), (total.DayLoss, strategy.DayLoss));
        account.Advance(Day(11, 0));
        account.MarkTo(First, Price.From(118m), Price.From(118m));
        Assert.Equal((4m, 4m, 0m), (total.DayLoss, strategy.DayLoss, account.External.Ledger.DayLoss));
    }

    [Fact]
    public void A_mark_of_our_own_making_is_no_market()
    {
        Account account = AnAccount();
        account.Book(0, First, Side.Buy, Price.From(100m), Quantity.Units(2), feeNanos: 0);
        Assert.False(account.TryMarket(First, out _, out _));
        account.MarkTo(First, Price.From(100m), Price.From(100m));
        Assert.True(account.TryMarket(First, out Price bid, out _));
        Assert.Equal(Price.From(100m), bid);
    }

    [Fact]
    public void Nothing_is_allocated_once_positions_and_currencies_are_known()
    {
        Account account = AnAccount(rates: [new CurrencyRate(Code("BTC"), 50_000m)]);
        account.Define(Definition(Second, kind: InstrumentKind.Inverse, currency: "BTC"));
        void Work()
        {
            for (int step = 1; step <= 100; step++)
            {
                InstrumentId instrument = step % 2 == 0 ? First : Second;
                account.Book(step % 3 - 1, instrument, step % 5 < 2 ? Side.Buy : Side.Sell, Price.From(step), Quantity.Units(step), feeNanos: 1, (PositionSide)(step % 3));
                account.MarkTo(instrument, Price.From(step), Price.From(step + 1));
                account.Book(0, instrument, account.Strategy(0).Quantity(instrument).IsPositive ? Side.Sell : Side.Buy, Price.From(step), Quantity.Units(1), feeNanos: 1);
            }
        }
        Work();
        Assert.Equal(0, Allocated.AtLeast(Work));
    }

    [Fact]
    public void The_deepest_fall_is_measured_from_the_peak_start_included()
    {
        Account account = AnAccount();
        account.MarkTo(First, Price.From(100m), Price.From(100m));
        account.Book(0, First, Side.Buy, Price.From(100m), Quantity.Units(1000), feeNanos: 0);
        account.MarkTo(First, Price.From(90m), Price.From(90m));        // 90,000 after 100,000
        Assert.Equal(0.1, account.Curve.DrawdownMax, 12);
        account.MarkTo(First, Price.From(150m), Price.From(150m));      // 150,000
        account.MarkTo(First, Price.From(130m), Price.From(130m));      // 130,000: 13.3 %
        Assert.Equal(20.0 / 150, account.Curve.DrawdownMax, 12);
    }

    [Fact]
    public void A_day_ends_with_the_equity_before_the_first_input_of_the_next()
    {
        Account account = AnAccount();
        account.Advance(Day(10, 1));
        account.Book(0, First, Side.Buy, Price.From(100m), Quantity.Units(1), feeNanos: 1_000_000_000);
        account.Advance(Day(10, 23));
        account.Advance(Day(13, 0));
        account.MarkTo(First, Price.From(101m), Price.From(101m));
        account.Finish();
        Assert.Equal([new DailyEquity(10, 99_999m), new DailyEquity(13, 100_000m)], account.Curve.Days);
    }

    [Fact]
    public void A_changed_multiplier_revalues_what_is_held_and_keeps_what_was_realised()
    {
        Account account = AnAccount();
        account.Book(0, First, Side.Buy, Price.From(100m), Quantity.Units(2), feeNanos: 0);
        account.Book(0, First, Side.Sell, Price.From(110m), Quantity.Units(1), feeNanos: 0);
        account.MarkTo(First, Price.From(120m), Price.From(120m));
        account.Define(Definition(First, multiplier: 10m));
        Assert.Equal(10m, account.Realized);
        Assert.Equal(200m, account.Unrealized);
        account.Book(0, First, Side.Sell, Price.From(120m), Quantity.Units(1), feeNanos: 0);
        Assert.Equal(210m, account.Realized);
    }

    [Fact]
    public void A_start_finer_than_the_unit_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Account(Code("USD"), 0.0000000001m, strategies: 1));

    [Fact]
    public void Money_is_conserved_over_random_fills_of_two_instruments_and_owners()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            Account account = AnAccount(multiplier: 50m);
            account.Define(Definition(Second, multiplier: 0.001m, kind: InstrumentKind.Spot));
            BigInteger flows = 0, fees = 0;      // units of 1e-27, and of 1e-9
            Dictionary<InstrumentId, BigInteger> held = new() { [First] = 0, [Second] = 0 };
            Dictionary<InstrumentId, BigInteger> mid = new() { [First] = 0, [Second] = 0 };
            for (int step = 0; step < 80; step++)
            {
                InstrumentId instrument = random.Next(2) == 0 ? First : Second;
                Price price = new(random.NextInt64(1, 100_000) * 12_500_001);
                BigInteger multiplier = instrument == First ? 50_000_000_000 : 1_000_000;
                if (random.Next(3) == 0)
                {
                    account.MarkTo(instrument, price, price);
                    mid[instrument] = price.Nanos;
                    continue;
                }
                Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                Quantity quantity = new(random.NextInt64(1, 20_000_000_000));
                long fee = random.NextInt64(-1_000, 1_000_000);
                account.Book(random.Next(-1, 1), instrument, side, price, quantity, fee);
                if (mid[instrument] == 0) mid[instrument] = price.Nanos;
                flows -= (BigInteger)side.Sign() * quantity.Nanos * price.Nanos * multiplier;
                held[instrument] += (BigInteger)side.Sign() * quantity.Nanos;
                fees += fee;

                BigInteger worth = flows + held[First] * mid[First] * 50_000_000_000 + held[Second] * mid[Second] * 1_000_000;
                BigInteger exact = ProportionTests.RoundHalfEven(worth, BigInteger.Pow(10, 18)) - fees + new BigInteger(100_000m) * 1_000_000_000;
                BigInteger found = new(account.Equity * 1_000_000_000m);
                // Each of the eight rounded totals is off by half a unit of 1e-9 at most, however many fills there were.
                Assert.True(BigInteger.Abs(found - exact) <= 5, $"seed {seed}, step {step}: {found} instead of {exact}");
                Assert.Equal(account.Equity, account.Start + account.Realized + account.Unrealized - account.Fees);
            }
            account.Finish();
        }
    }

    internal static CurrencyCode Code(string text) => CurrencyCode.TryParse(text, out CurrencyCode code) ? code : throw new ArgumentException(text);

    internal static InstrumentDefinition Definition(
        InstrumentId instrument, decimal multiplier = 1m, InstrumentKind kind = InstrumentKind.Linear, string currency = "USD") => new()
        {
            Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, instrument, default, default),
            Tick = Price.From(0.01m),
            Lot = Quantity.Units(1),
            MultiplierNanos = Price.From(multiplier).Nanos,
            Kind = kind,
            Currency = Code(currency),
            Symbol = SymbolText.From("X"),
        };

    /// <summary>An inverse instrument of which nobody said in which coin it settles.</summary>
    internal static InstrumentDefinition Unsettled(InstrumentId? instrument = null)
    {
        InstrumentDefinition definition = Definition(instrument ?? First, kind: InstrumentKind.Inverse);
        definition.Currency = CurrencyCode.None;
        return definition;
    }

    private static Account AnAccount(
        decimal multiplier = 1m, InstrumentKind kind = InstrumentKind.Linear, string currency = "USD", CurrencyRate[]? rates = null)
    {
        Account account = new(Code("USD"), 100_000m, strategies: 2, rates);
        account.Define(Definition(First, multiplier, kind, currency));
        return account;
    }

    private static Timestamp Day(int day, int hour) => new((day * 24L + hour) * 3_600_000_000_000);
}
