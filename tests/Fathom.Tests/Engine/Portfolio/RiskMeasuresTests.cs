using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;

namespace Fathom.Tests.Engine.Portfolio;

/// <summary>Equity, drawdown and exposure, and that what is kept along the way is what adding everything up anew gives.</summary>
public class RiskMeasuresTests
{
    private const int Account = RiskMeasures.WholeAccount;
    private static readonly InstrumentId First = MeasureRig.First, Second = MeasureRig.Second;

    [Fact]
    public void Drawdown_is_from_the_peak_with_the_start_included()
    {
        MeasureRig rig = new MeasureRig(1_000m).Define(First).Mark(First, 100m).Fill(0, First, 10m, 100m).Mark(First, 90m);
        Assert.Equal(0.1, rig.Measures.Drawdown(Account), 1e-15);      // 900 of 1,000
        rig.Mark(First, 150m).Mark(First, 120m);
        Assert.Equal(1 - 1_200.0 / 1_500, rig.Measures.Drawdown(Account), 1e-15);
        Assert.Equal((Nanos(1_200m), Nanos(1_500m)), (rig.Measures.EquityNanos(Account), rig.Measures.PeakNanos(Account)));
        rig.Mark(First, 160m);
        Assert.Equal(0, rig.Measures.Drawdown(Account));
    }

    [Fact]
    public void A_peak_between_two_looks_is_not_missed()
    {
        MeasureRig rig = new MeasureRig(1_000m).Define(First).Mark(First, 100m).Fill(1, First, 10m, 100m);
        rig.Mark(First, 200m).Mark(First, 100m);
        Assert.Equal(0.5, rig.Measures.Drawdown(Account));
        Assert.Equal(0.5, rig.Measures.Drawdown(1));
        Assert.Equal(0, rig.Measures.Drawdown(0));
    }

    [Fact]
    public void A_strategy_is_measured_as_if_it_had_the_account_for_itself()
    {
        MeasureRig rig = new MeasureRig(1_000m).Define(First).Define(Second).Mark(First, 100m).Mark(Second, 10m);
        rig.Fill(0, First, 10m, 100m, fee: 1m).Fill(1, Second, -20m, 10m);
        rig.Mark(First, 110m).Mark(First, 105m).Mark(Second, 11m);
        Assert.Equal((Nanos(1_049m), Nanos(1_099m)), (rig.Measures.EquityNanos(0), rig.Measures.PeakNanos(0)));
        Assert.Equal(50.0 / 1_099, rig.Measures.Drawdown(0), 1e-15);
        Assert.Equal((Nanos(980m), Nanos(1_000m)), (rig.Measures.EquityNanos(1), rig.Measures.PeakNanos(1)));
        Assert.Equal(Nanos(1_029m), rig.Measures.EquityNanos(Account));
    }

    [Fact]
    public void The_days_measures_begin_with_the_utc_day()
    {
        MeasureRig rig = new MeasureRig(1_000m).Define(First);
        rig.Account.Advance(Day(1, 5));
        rig.Mark(First, 100m).Fill(0, First, 10m, 100m).Mark(First, 150m).Mark(First, 130m);
        Assert.Equal((200.0 / 1_500, 0m), (rig.Measures.DayDrawdown(Account), rig.Measures.DailyLoss(Account)));
        rig.Mark(First, 80m);
        Assert.Equal(200m, rig.Measures.DailyLoss(Account));
        Assert.Equal(200m, rig.Measures.DailyLoss(0));
        long version = rig.Measures.Version;
        rig.Account.Advance(Day(2, 0));
        Assert.True(rig.Measures.Version > version);
        Assert.Equal((0, 0m, 700.0 / 1_500), (rig.Measures.DayDrawdown(Account), rig.Measures.DailyLoss(Account), rig.Measures.Drawdown(Account)));
        rig.Mark(First, 90m).Mark(First, 70m);
        Assert.Equal((200.0 / 900, 100m), (rig.Measures.DayDrawdown(Account), rig.Measures.DailyLoss(Account)));
        Assert.Equal((200.0 / 900, 100m), (rig.Measures.DayDrawdown(0), rig.Measures.DailyLoss(0)));
    }

    [Fact]
    public void Exposure_is_gross_and_net_and_leverage_is_gross_over_equity()
    {
        MeasureRig rig = new MeasureRig(1_000m).Define(First).Define(Second).Mark(First, 100m).Mark(Second, 50m);
        rig.Fill(0, First, 8m, 100m).Fill(1, First, -2m, 100m).Fill(1, Second, -10m, 50m);
        Assert.Equal((1_100m, 100m, 1.1), Of(rig, Account));
        Assert.Equal((800m, 800m, 0.8), Of(rig, 0));
        Assert.Equal((700m, -700m, 0.7), Of(rig, 1));
        rig.Mark(First, 110m);
        Assert.Equal((1_160m, 160m, 1_160.0 / 1_060), Of(rig, Account));
        rig.Fill(0, First, -8m, 110m).Fill(1, First, 2m, 110m).Fill(1, Second, 10m, 50m);
        Assert.Equal((0m, 0m, 0), Of(rig, Account));
    }

    [Fact]
    public void Leverage_without_equity_is_infinite()
    {
        MeasureRig rig = new MeasureRig(100m).Define(First).Mark(First, 100m).Fill(0, First, 10m, 100m).Mark(First, 50m);
        Assert.Equal(double.PositiveInfinity, rig.Measures.Leverage(Account));
        Assert.Equal(5, rig.Measures.Drawdown(Account));
    }

    [Fact]
    public void Other_currencies_count_at_their_rate_and_without_one_they_are_left_out()
    {
        MeasureRig rig = new MeasureRig(1_000m, null, null, new CurrencyRate(AccountTests.Code("EUR"), 1.5m)).Define(First, currency: "EUR").Define(Second, currency: "GBP");
        rig.Mark(First, 100m).Mark(Second, 100m).Fill(0, First, 4m, 100m).Fill(0, Second, 4m, 100m).Mark(First, 110m).Mark(Second, 1m);
        Assert.Equal((660m, 660m, 660.0 / 1_060), Of(rig, Account));
        Assert.Equal((Nanos(1_060m), Nanos(1_060m)), (rig.Measures.EquityNanos(Account), rig.Measures.EquityNanos(0)));
    }

    [Fact]
    public void The_version_goes_up_with_every_change_and_only_with_one()
    {
        MeasureRig rig = new MeasureRig().Define(First).Define(Second);
        long version = rig.Measures.Version;
        rig.Mark(First, 1m).Mark(First, 2m);
        Assert.Equal(version, rig.Measures.Version);      // nobody has anything of it
        rig.Fill(0, First, 1m, 2m);
        Assert.True(rig.Measures.Version > version);
        version = rig.Measures.Version;
        Assert.Equal(2m, rig.Measures.GrossExposure(0));
        rig.Mark(Second, 7m).Mark(First, 2m);
        Assert.Equal(version, rig.Measures.Version);
        rig.Mark(First, 3m);
        Assert.True(rig.Measures.Version > version);
        rig.Exposure.Reserve(0, Second, Side.Buy, Quantity.Units(1));
        version = rig.Measures.Version;
        rig.Mark(Second, 8m);
        Assert.True(rig.Measures.Version > version);
        rig.Exposure.Release(0, Second, Side.Buy, Quantity.Units(1));
        Assert.Equal(3m, rig.Measures.GrossExposure(0));
        version = rig.Measures.Version;
        rig.Mark(Second, 9m);
        Assert.Equal(version, rig.Measures.Version);
    }

    /// <summary>Measures that are read at random times against those that see the same and are read once.</summary>
    [Theory]
    [InlineData(MarginMode.Cross)]
    [InlineData(MarginMode.Isolated)]
    public void What_is_kept_along_the_way_is_what_adding_everything_up_anew_gives(MarginMode mode)
    {
        for (int seed = 0; seed < Fuzz.Seeds(60); seed++)
        {
            Random random = new(seed);
            MeasureRig read = ARig(mode), anew = ARig(mode);
            for (int step = 0; step < 120; step++)
            {
                Action<MeasureRig> change = AChange(random, step);
                change(read);
                change(anew);
                if (random.Next(3) == 0) read.Measures.GrossExposure(random.Next(-1, 2));
            }
            for (int owner = -1; owner < 2; owner++)
            {
                Assert.Equal(Of(anew, owner), Of(read, owner));
                Assert.Equal(Slow(anew, owner), (read.Measures.GrossNanos(owner), read.Measures.NetNanos(owner)));
            }
            Assert.Equal(MarginOf(anew), MarginOf(read));
            Assert.Equal(anew.Measures.Extremes!.Value.Nearest.IsNone, read.Measures.Extremes!.Value.Nearest.IsNone);
        }
    }

    [Fact]
    public void Measuring_allocates_nothing()
    {
        MeasureRig rig = ARig(MarginMode.Cross);
        Price bid = Price.From(100m), ask = Price.From(101m), other = Price.From(102m);
        double sum = rig.Measures.Volatility(First);
        void Work()
        {
            for (int i = 0; i < 1_000; i++)
            {
                rig.Account.MarkTo(First, bid, i % 2 == 0 ? ask : other);
                rig.Measures.NoteMark(First, bid, ask);      // within one sample: without optimization a logarithm's table is fetched with an allocation
                rig.Account.Book(i % 2, First, i % 4 < 2 ? Side.Buy : Side.Sell, ask, Quantity.Units(1), 5);
                rig.Exposure.Reserve(0, First, Side.Buy, Quantity.Units(1));
                sum += rig.Measures.Leverage(Account) + rig.Measures.Drawdown(0) + rig.Measures.DayDrawdown(1) + rig.Measures.MaintenanceRatio() + rig.Measures.LiquidationDistance(First);
                sum += rig.Measures.Volatility(First) + rig.Measures.UsualVolatility(First) + (double)rig.Measures.MarginAvailable!.Value + (double)rig.Measures.DailyLoss(Account);
                rig.Exposure.Release(0, First, Side.Buy, Quantity.Units(1));
                rig.Measures.SampleMargin();
            }
        }
        Work();
        Assert.Equal(0, Allocated.AtLeast(Work));
        Assert.NotEqual(0, sum);
    }

    private static MeasureRig ARig(MarginMode mode)
    {
        MarginTerms terms = MeasureRig.Terms(8, (0, 40), (1_000, 90), (4_000, 250)) with { CloseFeeBps = 5 };
        MarginOptions margin = new() { Mode = mode, Usual = terms, SafetyBuffer = 0.05m, BySymbol = new Dictionary<string, MarginTerms> { ["C"] = new MarginTerms { InitialPerContract = 7m, MaintenancePerContract = 3m } } };
        return new MeasureRig(50_000m, margin, null, new CurrencyRate(AccountTests.Code("BTC"), 20_000m))
            .Define(First).Define(Second, InstrumentKind.Inverse, 100m, "BTC").Define(new InstrumentId(2), InstrumentKind.Spot).Define(new InstrumentId(3), symbol: "C").Define(new InstrumentId(4), currency: "GBP");
    }

    private static Action<MeasureRig> AChange(Random random, int step)
    {
        InstrumentId instrument = new(random.Next(5));
        int owner = random.Next(-1, 2), quantity = random.Next(1, 20);
        decimal price = random.Next(900, 1_100) / 10m;
        Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        PositionSide positionSide = random.Next(4) == 0 ? PositionSide.Long : PositionSide.Net;
        switch (random.Next(9))
        {
            case 0: return rig => rig.Exposure.Reserve(Math.Max(owner, 0), instrument, side, Quantity.Units(quantity));
            case 1:
                return rig =>
                {
                    if (rig.Exposure[Math.Max(owner, 0), instrument, side] is { IsZero: false } live) rig.Exposure.Release(Math.Max(owner, 0), instrument, side, live);
                };
            case 2: return rig => rig.Exposure.AddReducing(Math.Max(owner, 0), instrument, side, quantity * 1_000_000_000L);
            case 3: return rig => rig.Define(First, multiplier: 1 + quantity % 3);
            case 4: return rig => rig.Account.Advance(Day(1 + step / 40, 0));
            case 5: return rig => rig.Fill(owner, instrument, side.Sign() * quantity, price, side: positionSide);
            case 6: return rig => rig.Exposure.ReserveExternal(instrument, side, quantity * 1_000_000_000L);
            default: return rig => rig.Mark(instrument, price, price + 0.1m);
        }
    }

    private static (decimal Gross, decimal Net, double Leverage) Of(MeasureRig rig, int owner) => (rig.Measures.GrossExposure(owner), rig.Measures.NetExposure(owner), rig.Measures.Leverage(owner));

    private static (Int128 Gross, Int128 Net) Slow(MeasureRig rig, int owner)
    {
        Int128 gross = 0, net = 0;
        for (int index = 0; index < 5; index++)
        {
            InstrumentId instrument = new(index);
            long rate = rig.Account.RateNanos(rig.Account.Terms(instrument).Currency);
            Int128 held = owner < 0 ? rig.Account.Held(instrument) : rig.Account.Strategy(owner).Quantity(instrument).Nanos;
            Int128 size = owner < 0 ? rig.Account.GrossNanos(instrument) : rig.Account.Strategy(owner).GrossNanos(instrument);
            gross += CurrencyRates.Convert(rig.Account.NotionalNanos(instrument, size), rate);
            net += (held < 0 ? -1 : 1) * CurrencyRates.Convert(rig.Account.NotionalNanos(instrument, held), rate);
        }
        return (gross, net);
    }

    private static string MarginOf(MeasureRig rig)
    {
        RiskMeasures measures = rig.Measures;
        string instruments = string.Join(' ', Enumerable.Range(0, 5).Select(index => $"{measures.LiquidationPrice(new InstrumentId(index))} {measures.MaintenanceRatio(new InstrumentId(index))}"));
        return $"{measures.MarginUsed} {measures.InitialMargin} {measures.MaintenanceMargin} {measures.MarginAvailable} {measures.MaintenanceRatio()} {instruments}";
    }

    private static Int128 Nanos(decimal money) => (Int128)(money * 1_000_000_000m);

    private static Timestamp Day(int day, int hour) => new((day * 24L + hour) * 3_600_000_000_000);
}
