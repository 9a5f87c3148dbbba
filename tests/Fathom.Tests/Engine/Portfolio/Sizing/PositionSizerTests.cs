using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Market.Universe;

namespace Fathom.Tests.Engine.Portfolio.Sizing;

/// <summary>An account of 100,000; the market is 50.00 to 50.10, ten lots of 0.1 are a unit, a point of a unit is 20.</summary>
public class PositionSizerTests
{
    private static readonly InstrumentId s_id = new(0);

    [Fact]
    public void A_fixed_quantity_is_cut_to_lots()
    {
        Assert.Equal(7.3m, Size(new SizingOptions { Method = SizingMethod.Fixed, Quantity = Quantity.From(7.35m) }));
        Assert.Equal(0m, Size(new SizingOptions { Method = SizingMethod.Fixed, Quantity = Quantity.From(0.09m) }));
    }

    [Fact]
    public void A_worth_is_bought_at_the_ask_and_sold_at_the_bid()
    {
        SizingOptions money = new() { Method = SizingMethod.Notional, Notional = 10_020m }, fraction = new() { Method = SizingMethod.Notional, EquityFraction = 0.1002m };
        Assert.Equal(10m, Size(money));      // exactly whole lots: no double takes one away
        Assert.Equal(10m, Size(fraction));
        Assert.Equal(10m, Size(fraction, Side.Sell));
        Assert.Equal(5m, Size(money with { Notional = 10_000m, EquityShare = 1 }, Side.Sell, part: 0.5));
        Assert.Equal(5m, Size(fraction with { EquityShare = 0.5m }));
    }

    [Fact]
    public void Money_moves_as_much_as_it_is_to()
    {
        SizingOptions options = new() { Method = SizingMethod.Volatility, DailyVolatility = 200.4m };
        Assert.Equal(10m, Size(options, volatility: 0.02));
        Assert.Equal(20m, Size(options, volatility: 0.01));
        Assert.Equal(0m, Size(options, volatility: double.NaN));      // not known yet
        Assert.Equal(0m, Size(options, volatility: 0));
        Assert.Equal(10m, Size(new SizingOptions { Method = SizingMethod.Volatility, EquityFraction = 0.002004m }, volatility: 0.02));
    }

    [Fact]
    public void What_is_risked_is_lost_at_the_stop()
    {
        SizingOptions options = new() { Method = SizingMethod.Risk, RiskFraction = 0.01m, Stop = PriceDistance.OfTicks(50) };      // 1,000 over half a point of 20
        Assert.Equal(100m, Size(options));
        Assert.Equal(25m, Size(options, stop: 2m));
        Assert.Equal(0m, Size(options with { Stop = default }));
        Assert.Equal(25m, Size(options with { Stop = default }, stop: 2m));
    }

    [Fact]
    public void Few_trades_stake_the_fallback_then_a_part_of_kelly_by_the_lower_bound()
    {
        SizingOptions options = new() { Method = SizingMethod.Kelly, KellyFraction = 0.5m, FallbackFraction = 0.01002m, TradesMin = 60 };
        PositionSizer sizer = ASizer(options);
        for (int i = 0; i < 59; i++) sizer.Trades.Restore(i < 32 ? 0.012 : -0.01);
        Assert.Equal(1m, sizer.QuantityFor(s_id, Side.Buy).ToDecimal());
        sizer.Trades.Restore(0.012);
        double stake = 0.5 * 0.0570959304 / 0.01;      // payoff 1.2, a loss is a hundredth of the stake
        Assert.Equal(Math.Floor(stake * 100_000 / 1_002 * 10) / 10, (double)sizer.QuantityFor(s_id, Side.Buy).ToDecimal(), 9);

        PositionSizer bold = ASizer(options with { IsShrunk = false });
        for (int i = 0; i < 60; i++) bold.Trades.Restore(i < 33 ? 0.012 : -0.01);
        Assert.True(bold.QuantityFor(s_id, Side.Buy) > sizer.QuantityFor(s_id, Side.Buy));
    }

    [Fact]
    public void The_continuous_form_goes_by_mean_and_variance()
    {
        SizingOptions options = new() { Method = SizingMethod.Kelly, KellyFraction = 1, KellyForm = KellyForm.Continuous, TradesMin = 2, IsShrunk = false };
        PositionSizer sizer = ASizer(options), shrunk = ASizer(options with { IsShrunk = true });
        foreach (double made in (double[])[0.03, -0.01, 0.03, -0.01])
        {
            sizer.Trades.Restore(made);
            shrunk.Trades.Restore(made);
        }
        double variance = 4 * 0.0004 / 3, full = 0.01 / variance;
        Assert.Equal(Math.Floor(full * 100_000 / 1_002 * 10) / 10, (double)sizer.QuantityFor(s_id, Side.Buy).ToDecimal(), 9);
        Assert.Equal(Quantity.Zero, shrunk.QuantityFor(s_id, Side.Buy));      // n SR² = 4 × 0.1875 < 1
    }

    [Fact]
    public void Losers_and_what_is_not_known_are_sized_nothing()
    {
        PositionSizer sizer = ASizer(new SizingOptions { Method = SizingMethod.Kelly, KellyFraction = 1, TradesMin = 2, FallbackFraction = 0.1m });
        foreach (double made in (double[])[0.01, -0.02, 0.01, -0.02]) sizer.Trades.Restore(made);
        Assert.Equal(Quantity.Zero, sizer.QuantityFor(s_id, Side.Buy));
        SizingOptions notional = new() { Method = SizingMethod.Notional, EquityFraction = 1 };
        Assert.Equal(Quantity.Zero, ASizer(notional, hasMarket: false).QuantityFor(s_id, Side.Buy));
        Assert.Equal(Quantity.Zero, ASizer(notional, currency: "EUR").QuantityFor(s_id, Side.Buy));      // no rate
        Assert.Equal(Quantity.Zero, ASizer(notional, cash: 0m).QuantityFor(s_id, Side.Buy));
        Assert.Equal(Quantity.Zero, ASizer(notional).QuantityFor(new InstrumentId(5), Side.Buy));
        Assert.Equal(Quantity.Zero, ASizer(notional).QuantityFor(s_id, Side.None));
        Assert.Throws<InvalidOperationException>(() => ASizer(null).QuantityFor(s_id, Side.Buy));
    }

    [Fact]
    public void Nothing_is_ever_above_a_cap_and_more_money_is_never_less()
    {
        for (int seed = 0; seed < 3_000; seed++)
        {
            Random random = new(seed);
            bool isInverse = random.Next(3) == 0;
            decimal lot = (decimal)Math.Pow(10, -random.Next(0, 10)), mid = Math.Round((decimal)(Math.Pow(10, random.Next(-3, 6)) * (1 + random.NextDouble())), 9), cash = random.Next(1, 10_000_000);
            decimal worthMax = random.Next(1, 1_000_000), times = Math.Round((decimal)(0.01 + 5 * random.NextDouble()), 3);
            long most = random.NextInt64(1, 1_000_000_000_000_000);
            SizingOptions options = new()
            {
                Method = SizingMethod.Notional,
                EquityFraction = Math.Round((decimal)(0.01 + 20 * random.NextDouble()), 3),
                Caps = new SizingCaps { NotionalMax = worthMax, LeverageMax = times, QuantityMax = new Quantity(most) },
            };
            PositionSizer sizer = ASizer(options, out Account account, cash: cash, lot: lot, bid: mid, ask: mid, multiplier: random.Next(1, 100), kind: isInverse ? InstrumentKind.Inverse : InstrumentKind.Linear);
            Quantity size = sizer.QuantityFor(s_id, Side.Buy);
            string where = $"seed {seed}: {size}";
            Assert.True(size.Nanos >= 0 && size.Nanos <= most && size.Nanos % Quantity.From(lot).Nanos == 0, where);
            Int128 worth = account.NotionalNanos(s_id, size.Nanos);
            Assert.True(worth <= (Int128)(worthMax * Price.Scale) && worth <= (Int128)(times * cash * Price.Scale), $"{where} worth {worth}");
            Quantity less = sizer.QuantityFor(s_id, Side.Buy, Price.None, part: random.NextDouble());
            Assert.True(less <= size && less.Nanos >= 0, $"{where}, a part {less}");
        }
    }

    private static decimal Size(SizingOptions options, Side side = Side.Buy, double volatility = double.NaN, decimal? stop = null, double part = 1) =>
        ASizer(options, volatility: volatility).QuantityFor(s_id, side, stop is { } distance ? Price.From(distance) : Price.None, part).ToDecimal();

    private static PositionSizer ASizer(SizingOptions? options, double volatility = double.NaN, bool hasMarket = true, string currency = "USD", decimal cash = 100_000m) =>
        ASizer(options, out _, volatility, hasMarket, currency, cash);

    private static PositionSizer ASizer(SizingOptions? options, out Account account, double volatility = double.NaN, bool hasMarket = true, string currency = "USD", decimal cash = 100_000m, decimal lot = 0.1m,
        decimal bid = 50m, decimal ask = 50.1m, decimal multiplier = 20m, InstrumentKind kind = InstrumentKind.Linear)
    {
        account = new Account(Code("USD"), cash, 1);
        Instruments instruments = new();
        InstrumentDefinition definition = new()
        {
            Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 0, s_id, default, default),
            Tick = Price.From(0.01m),
            Lot = Quantity.From(lot),
            MultiplierNanos = Price.From(multiplier).Nanos,
            Currency = Code(currency),
            Kind = kind,
            Symbol = SymbolText.From("CL"),
        };
        instruments.Apply(in definition);
        account.Define(in definition);
        if (hasMarket) account.MarkTo(s_id, Price.From(bid), Price.From(ask));
        return new PositionSizer(options, account, instruments, new Stated(volatility));
    }

    private static CurrencyCode Code(string text) => CurrencyCode.TryParse(text, out CurrencyCode code) ? code : throw new ArgumentException(text);

    private sealed class Stated(double volatility) : IVolatilityGauge
    {
        public double DailyVolatility(InstrumentId instrument) => volatility;
    }
}
