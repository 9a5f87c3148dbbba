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
    public void A_fill_in_another_currency_moves_the_position_but_no_money()
    {
        Account account = AnAccount(currency: "EUR");
        account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(3), feeNanos: 1_000_000_000);
        account.MarkTo(First, Price.From(70m), Price.From(70m));
        Assert.Equal(Quantity.Units(3), account.Strategy(0).Quantity(First));
        Assert.Equal(100_000m, account.Equity);
        Assert.Equal(1, account.UnvaluedFills);
    }

    [Fact]
    public void A_position_is_valued_once_its_instrument_can_be()
    {
        Account account = AnAccount(currency: "EUR");
        account.Book(0, First, Side.Buy, Price.From(50m), Quantity.Units(3), feeNanos: 0);
        account.Define(Definition(First));
        Assert.Equal(0m, account.Unrealized);      // at what was paid: there was no mark
        account.MarkTo(First, Price.From(70m), Price.From(70m));
        Assert.Equal(60m, account.Unrealized);
        account.Finish();
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

    private static Account AnAccount(decimal multiplier = 1m, InstrumentKind kind = InstrumentKind.Linear, string currency = "USD")
    {
        Account account = new(Code("USD"), 100_000m, strategies: 1);
        account.Define(Definition(First, multiplier, kind, currency));
        return account;
    }

    private static Timestamp Day(int day, int hour) => new((day * 24L + hour) * 3_600_000_000_000);
}
