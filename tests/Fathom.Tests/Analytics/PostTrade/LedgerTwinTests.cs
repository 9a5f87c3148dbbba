using Fathom.Analytics.PostTrade;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Tests.Analytics.PostTrade;

public sealed class LedgerTwinTests
{
    private static readonly string[] SpotCurrencies = ["USD", "EUR"];

    [Fact]
    public void Profit_fees_and_cash_of_a_linear_instrument_are_those_of_the_account()
    {
        TwinBench bench = Bench(Happenings.Instrument(0, "CLX5", multiplier: 1_000));
        bench.Trade(0, Side.Buy, 100.01m, 3, fee: 2.5m);
        bench.Trade(0, Side.Buy, 100.04m, 4, fee: 2.5m);
        bench.Trade(0, Side.Sell, 100.10m, 5, fee: -1);
        bench.Trade(1, Side.Sell, 100.11m, 2);
        bench.CompareEnd();

        Assert.Null(bench.Twin.Difference);
        Assert.Equal((4, 4, 0), (bench.Twin.FillCount, bench.Twin.CheckedCount, bench.Twin.UncheckedCount));
        Assert.Equal(1_000 + bench.Account.Realized - 4, bench.Account.Cash);      // no asset was paid for
    }

    [Fact]
    public void Whatever_is_traded_the_engine_and_the_twin_come_to_the_same_numbers()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            TwinBench bench = Market(random);
            for (int step = 0; step < 150; step++) Happen(bench, random);
            bench.CompareEnd();

            Assert.True(bench.Twin.Difference is null, $"seed {seed}: {bench.Twin.Difference}");
            Assert.Equal(bench.Twin.FillCount, bench.Twin.CheckedCount);
        }
    }

    [Fact]
    public void A_bust_takes_back_what_its_execution_moved_and_a_correction_books_what_is_right()
    {
        TwinBench bench = Bench(Happenings.Instrument(0, "CLX5"));
        bench.Trade(0, Side.Buy, 100, 3, fee: 0.3m);
        bench.Trade(0, Side.Sell, 101, 2, fee: 0.2m);
        bench.Trade(0, Side.Buy, 101, 2, fee: -0.2m);      // the sale is taken back
        bench.Trade(0, Side.Sell, 101.5m, 1, fee: 0.1m);      // and this was right
        bench.CompareEnd();

        Assert.Null(bench.Twin.Difference);
        Assert.Equal(4, bench.Twin.CheckedCount);
    }

    [Fact]
    public void A_position_that_is_taken_over_from_the_venue_is_somebody_elses_at_the_stated_price()
    {
        TwinBench bench = Bench(Happenings.Instrument(0, "CLX5"));
        bench.Trade(-1, Side.Buy, 100, 3);
        bench.TakeOver(Side.Sell, 102.25m, 5);
        bench.Trade(-1, Side.Buy, 101, 2);
        bench.CompareEnd();

        Assert.Null(bench.Twin.Difference);
        Assert.Equal((2, 2), (bench.Twin.FillCount, bench.Twin.CheckedCount));
        Assert.Equal(3 * 2.25m + 2 * 1.25m, bench.Account.Realized);
    }

    [Fact]
    public void A_run_that_goes_on_with_positions_counts_from_their_exact_cost()
    {
        TwinBench bench = Bench(Happenings.Instrument(0, "SPOT", kind: InstrumentKind.Spot));
        CarriedMoney money = new() { Header = Header<CarriedMoney>(MessageType.CarriedMoney), Currency = Happenings.Usd };
        (money.StartNanos, money.RealizedNanos, money.FeesNanos, money.AssetCostNanos) = (500_000_000_000, 7_000_000_000, 1_000_000_000, 3);
        CarriedHolding holding = new() { Header = Header<CarriedHolding>(MessageType.CarriedHolding), Owner = 1, Quantity = new Quantity(3), Cost = 3_333_333_333, Currency = Happenings.Usd };
        (holding.Realized, holding.RealizedNanos, holding.FeesNanos) = ((Int128)7_000_000_000 * 1_000_000_000, 7_000_000_000, 1_000_000_000);
        bench.Twin.Take(Messages.AsBytes(in money));
        bench.Twin.Take(Messages.AsBytes(in holding));

        // Sold at 2: of 3 units 1, for 2e-9; the cost of it is 1,111,111,111 of 1e-18.
        FillEvent fill = Happenings.Fill(Happenings.At(1), Side.Sell, 2, 0, strategy: 1);
        (fill.Quantity, fill.Position) = (new Quantity(1), new Quantity(2));
        PositionEvent position = Happenings.Position(Happenings.At(1), 0, strategy: 1);
        (position.Quantity, position.AveragePrice, position.RealizedNanos, position.FeesNanos) = (new Quantity(2), new Price(1_111_111_111), 7_000_000_001, 1_000_000_000);
        bench.Twin.OnFill(in fill);
        bench.Twin.OnPosition(in position);
        EquityEvent equity = new() { Currency = Happenings.Usd, RealizedNanos = 7_000_000_001, FeesNanos = 1_000_000_000, EquityNanos = 506_000_000_001 };
        bench.Twin.OnEquity(in equity);
        bench.Twin.CompareCash(Happenings.Usd, 505.999999999m);

        Assert.Null(bench.Twin.Difference);
        Assert.Equal(1, bench.Twin.CheckedCount);
    }

    [Fact]
    public void An_inverse_fill_that_only_a_mark_can_value_is_counted_as_not_compared()
    {
        TwinBench bench = Bench(Happenings.Instrument(0, "XBT", kind: InstrumentKind.Inverse, currency: "BTC"));
        bench.Account.MarkTo(new InstrumentId(0), Price.From(100), Price.From(101));
        bench.Trade(0, Side.Buy, 100, 1);
        bench.Trade(0, Side.Sell, 0, 1);
        bench.Trade(0, Side.Sell, 50, 1);
        bench.CompareEnd();

        Assert.Null(bench.Twin.Difference);
        Assert.Equal((3, 1, 2), (bench.Twin.FillCount, bench.Twin.CheckedCount, bench.Twin.UncheckedCount));
    }

    [Theory]
    [InlineData("position", "position of s0 in CLX5: 2.000000001 in the engine, 2 by double entry")]
    [InlineData("average", "average price of s0 in CLX5: 101.000000001 in the engine, 101 by double entry")]
    [InlineData("flat", "average price of s0 in CLX5: none in the engine, 101 by double entry")]
    [InlineData("realized", "realized profit of s0 in CLX5: 2.000000001 in the engine, 2 by double entry")]
    [InlineData("fees", "fees of s0 in CLX5: 0.300000001 in the engine, 0.3 by double entry")]
    [InlineData("fill", "position of s0 in CLX5: 2.000000001 in the engine, 2 by double entry")]
    [InlineData("account realized", "realized profit of the account in USD: 2.000000001 in the engine, 2 by double entry")]
    [InlineData("account fees", "fees of the account in USD: 0.300000001 in the engine, 0.3 by double entry")]
    [InlineData("account equity", "equity less unrealized profit of the account in USD: 1001.700000001 in the engine, 1001.7 by double entry")]
    [InlineData("other owner", "the position of s0 in CLX5: told as that of s1 in CLX5 in the engine, 2 by double entry")]
    [InlineData("other side", "the position of s0 in CLX5: told as that of s0 in CLX5 in the engine, 2 by double entry")]
    public void A_number_that_is_off_by_the_last_digit_is_found_at_its_fill(string fault, string found)
    {
        TwinBench bench = Bench(Happenings.Instrument(0, "CLX5"));
        bench.Trade(0, Side.Buy, 100, 2, fee: 0.1m);
        bench.Trade(0, Side.Buy, 102, 2, fee: 0.1m);
        bench.TellFill = fill => fault == "fill" ? fill with { Position = new Quantity(fill.Position.Nanos + 1) } : fill;
        bench.TellPosition = position => Told(position, fault);
        bench.TellEquity = equity => Told(equity, fault);
        bench.Trade(0, Side.Sell, 102, 2, fee: 0.1m);
        bench.Trade(0, Side.Sell, 102, 2, fee: 0.1m);

        LedgerDifference difference = Assert.IsType<LedgerDifference>(bench.Twin.Difference);
        Assert.Equal(3, difference.Execution);
        Assert.StartsWith(found, difference.ToString(), StringComparison.Ordinal);
        string where = $", at fill 3 (execution {new ExecutionId(0, 3)} of order {Happenings.OrderId(7)}: s0 sells 2 CLX5 at 102.00, {Happenings.At(2)}, input 11)";
        Assert.EndsWith(where, difference.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fill_whose_position_is_not_told_is_a_difference()
    {
        TwinBench bench = Bench(Happenings.Instrument(0, "CLX5"));
        bench.TellPosition = _ => null;
        bench.Trade(0, Side.Buy, 100, 2);
        bench.Trade(0, Side.Buy, 100, 2);

        Assert.Equal("the position of s0 in CLX5", bench.Twin.Difference?.What);
        Assert.Equal(("not told", "2", 1L), (bench.Twin.Difference?.Engine, bench.Twin.Difference?.Twin, bench.Twin.Difference?.Execution));
    }

    [Fact]
    public void Cash_that_is_off_at_the_end_is_a_difference()
    {
        TwinBench bench = Bench(Happenings.Instrument(0, "CLX5"));
        bench.Twin.CompareCash(Happenings.Usd, 1_000.000000001m);

        Assert.Equal("cash of the account in USD: 1000.000000001 in the engine, 1000 by double entry, before the first fill", bench.Twin.Difference?.ToString());
    }

    [Fact]
    public void A_cost_that_is_off_below_what_events_say_is_a_difference_at_the_end()
    {
        TwinBench bench = Bench(Happenings.Instrument(0, "CLX5"));
        bench.Trade(0, Side.Buy, 100, 2);
        bench.Twin.CompareExact(0, new InstrumentId(0), PositionSide.Net, cost: (Int128)200_000_000_000 * 1_000_000_000 + 1, realized: 0);

        Assert.StartsWith("exact cost of s0 in CLX5, in 1e-18 before the multiplier: 200000000000000000001 in the engine, 200000000000000000000 by double entry",
            bench.Twin.Difference?.ToString(), StringComparison.Ordinal);
    }

    private static PositionEvent Told(PositionEvent position, string fault) => fault switch
    {
        "position" => position with { Quantity = new Quantity(position.Quantity.Nanos + 1) },
        "average" => position with { AveragePrice = new Price(position.AveragePrice.Nanos + 1) },
        "flat" => position with { AveragePrice = Price.None },
        "realized" => position with { RealizedNanos = position.RealizedNanos + 1 },
        "fees" => position with { FeesNanos = position.FeesNanos + 1 },
        "other owner" => position with { Output = position.Output with { Strategy = 1 } },
        "other side" => position with { Side = PositionSide.Long },
        _ => position,
    };

    private static EquityEvent Told(EquityEvent equity, string fault) => fault switch
    {
        "account realized" => equity with { RealizedNanos = equity.RealizedNanos + 1 },
        "account fees" => equity with { FeesNanos = equity.FeesNanos + 1 },
        "account equity" => equity with { EquityNanos = equity.EquityNanos + 1 },
        _ => equity,
    };

    private static TwinBench Bench(InstrumentDefinition definition)
    {
        TwinBench bench = new();
        bench.Define(definition);
        return bench;
    }

    /// <summary>A linear instrument, a spot one, an inverse one, and one that makes no money.</summary>
    private static TwinBench Market(Random random)
    {
        TwinBench bench = new();
        bench.Define(Happenings.Instrument(0, "LIN", multiplier: random.Next(1, 5_000) / 1_000m));
        bench.Define(Happenings.Instrument(1, "SPOT", kind: InstrumentKind.Spot, currency: SpotCurrencies[random.Next(2)]));
        bench.Define(Happenings.Instrument(2, "INV", multiplier: random.Next(1, 200), kind: InstrumentKind.Inverse, currency: "BTC"));
        bench.Define(Happenings.Instrument(3, "NIL", multiplier: random.Next(4)));
        return bench;
    }

    private static void Happen(TwinBench bench, Random random)
    {
        int instrument = random.Next(4), owner = random.Next(3) - 1;
        if (random.Next(50) == 0) bench.Define(Happenings.Instrument(0, "LIN", multiplier: random.Next(1, 5_000) / 1_000m));
        Price price = new(random.Next(30) == 0 && instrument != 2 ? -random.NextInt64(1_000_000_000) : random.NextInt64(1, 200_000_000_000));
        long size = random.Next(40) == 0 ? random.NextInt64(1, 4_000_000_000_000_000_000) : random.Next(3) == 0 ? random.Next(1, 9) * 1_000_000_000L : random.NextInt64(1, 20_000_000_000);
        Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        PositionSide positionSide = (PositionSide)(random.Next(6) == 0 ? random.Next(5) : 0);
        bench.Trade(owner, side, price, new Quantity(size), random.NextInt64(-1_000, 1_000_000), instrument, positionSide);
        if (random.Next(5) == 0) bench.Trade(owner, side.Opposite(), price, new Quantity(size), random.Next(1_000), instrument, positionSide);      // taken back
    }

    private static MessageHeader Header<T>(MessageType type) where T : unmanaged => MessageHeader.Create<T>(type, 0, new InstrumentId(0), Happenings.At(0), Happenings.At(0));
}
