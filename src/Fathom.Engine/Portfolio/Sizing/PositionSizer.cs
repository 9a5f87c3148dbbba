using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>How large a position of one strategy is to be, by <c>[strategy.sizing]</c>. It measures (equity, prices, volatility, the strategy's own trades) and says a number; what is done with it is the
/// strategy's.</summary>
public sealed class PositionSizer
{
    /// <summary>No size is larger: positions are computed with up to about so many units of 1e-9.</summary>
    private const double NanosMax = Terms.SizeMax * (double)Quantity.Scale;

    /// <summary>By so little a quotient of doubles may miss the whole lot that it is.</summary>
    private const double Slack = 1e-12;

    private readonly SizingOptions? _options;
    private readonly Account _account;
    private readonly Instruments _instruments;
    private readonly IVolatilityGauge? _volatility;

    /// <param name="options">Null where nothing is configured.</param>
    /// <param name="volatility">Needed by the method that goes by it.</param>
    internal PositionSizer(SizingOptions? options, Account account, Instruments instruments, IVolatilityGauge? volatility = null)
    {
        _options = options;
        _account = account;
        _instruments = instruments;
        _volatility = volatility;
        Trades = new RecentTrades(options?.TradesMax ?? 1, (double)(options?.ScratchFraction ?? 0));
    }

    /// <summary>There is a <c>[strategy.sizing]</c>.</summary>
    public bool IsConfigured => _options is not null;

    /// <summary>The strategy's own newest trades; only where it is sized by them.</summary>
    public RecentTrades Trades { get; }

    /// <summary>The size of a position that is opened now, by the stop distance of the configuration.</summary>
    /// <param name="side">At whose price it would be taken.</param>
    /// <returns>Whole lots, 0 or more. 0 where the method says so (no edge, less than a lot), while something that it needs is not known (a price above zero, volatility, a rate of the currency), and where
    /// the equity is used up.</returns>
    /// <exception cref="InvalidOperationException">No sizing is configured for the strategy.</exception>
    public Quantity QuantityFor(InstrumentId instrument, Side side) => QuantityFor(instrument, side, Price.None);

    /// <summary>As the other, with a stop of the strategy's own, by which only the method "risk" goes.</summary>
    /// <param name="stopDistance">Points of price between entry and stop, above zero; None for the configured one.</param>
    /// <exception cref="InvalidOperationException">No sizing is configured for the strategy.</exception>
    public Quantity QuantityFor(InstrumentId instrument, Side side, Price stopDistance) => QuantityFor(instrument, side, stopDistance, part: 1);

    /// <summary>A part of the size, which is taken before it is rounded and held to the caps.</summary>
    internal Quantity QuantityFor(InstrumentId instrument, Side side, Price stopDistance, double part)
    {
        SizingOptions options = _options ?? throw new InvalidOperationException("There is no size: write [strategy.sizing] for the strategy, or state a size.");
        if (side is not (Side.Buy or Side.Sell) || !_instruments.Contains(instrument) || !TryQuote(instrument, side, out Quote quote)) return Quantity.Zero;
        double equity = Equity(options);
        double units = part * options.Method switch
        {
            SizingMethod.Fixed => options.Quantity.ToDouble(),
            SizingMethod.Notional => PositionSize.ForNotional(Money(options.Notional, options.EquityFraction, equity), quote.Worth),
            SizingMethod.Volatility => PositionSize.ForVolatility(Money(options.DailyVolatility, options.EquityFraction, equity), quote.Worth, _volatility!.DailyVolatility(instrument)),
            SizingMethod.Risk => ForRisk(options, equity, side, in quote, stopDistance),
            _ => PositionSize.ForNotional(StakedFraction(options) * equity, quote.Worth),
        };
        return Capped(options.Caps, units, equity, in quote);
    }

    /// <summary>Worth / equity by the strategy's own recent trades.</summary>
    private double StakedFraction(SizingOptions options)
    {
        TradeStatistics trades = Trades.Summarize();
        if (trades.Wins + trades.Losses < options.TradesMin) return (double)options.FallbackFraction;
        double full;
        if (options.KellyForm == KellyForm.Continuous)
        {
            full = Kelly.Continuous(trades.Mean, trades.Variance);
            if (options.IsShrunk) full *= Kelly.Shrinkage(trades.Count, trades.Mean, trades.Variance);
        }
        else
        {
            double winRate = options.IsShrunk ? trades.WinRate.LowerBound : (double)trades.Wins / (trades.Wins + trades.Losses);
            full = Kelly.Discrete(winRate, trades.Payoff, trades.MeanLoss);
        }
        return (double)options.KellyFraction * full;
    }

    private static double ForRisk(SizingOptions options, double equity, Side side, in Quote quote, Price stopDistance)
    {
        Price distance = !stopDistance.IsNone ? stopDistance : options.Stop.IsNone ? Price.None : options.Stop.At(quote.Price, quote.Tick);
        if (distance.IsNone) return 0;
        return PositionSize.ForRisk((double)options.RiskFraction * equity, quote.Price.ToDouble(), distance.ToDouble(), quote.Multiplier, quote.Terms.IsInverse, side == Side.Buy, quote.Rate);
    }

    private static double Money(decimal? money, decimal? fraction, double equity) => money is { } stated ? (double)stated : (double)(fraction ?? 0) * equity;

    private double Equity(SizingOptions options) => _account.Totals is { } totals ? Math.Max(0, (double)totals.EquityNanos * 1e-9) * (double)options.EquityShare : 0;

    private bool TryQuote(InstrumentId instrument, Side side, out Quote quote)
    {
        quote = default;
        Terms terms = _account.Terms(instrument);
        long rate = terms.IsSupported ? _account.RateNanos(terms.Currency) : 0;
        if (rate == 0 || !_account.TryMarket(instrument, out Price bid, out Price ask)) return false;
        ref readonly InstrumentDefinition definition = ref _instruments[instrument];
        Price price = side == Side.Buy ? ask : bid;
        double multiplier = terms.MultiplierNanos * 1e-9;
        quote = new Quote(terms, price, definition.Tick.Nanos > 0 ? definition.Tick : new Price(1), definition.Lot, multiplier, rate);
        return quote.Worth > 0;
    }

    // ---- caps and lots

    private static Quantity Capped(SizingCaps caps, double units, double equity, in Quote quote)
    {
        if (caps.NotionalMax is { } notional) units = Math.Min(units, PositionSize.ForNotional((double)notional, quote.Worth));
        if (caps.LeverageMax is { } leverage) units = Math.Min(units, PositionSize.ForNotional((double)leverage * equity, quote.Worth));
        if (!(units > 0)) return Quantity.Zero;
        long most = caps.QuantityMax.Nanos, lot = Math.Max(quote.Lot.Nanos, 1);      // "None" is the largest number
        long nanos = Math.Min(most, (long)Math.Min(units * Quantity.Scale * (1 + Slack), NanosMax));
        nanos -= nanos % lot;
        Int128 worthMax = Int128.Min(Nanos(caps.NotionalMax), caps.LeverageMax is { } times ? (Int128)((double)times * equity * 1e9) : Int128.MaxValue);
        // The quotient was rounded and slack given: what it is worth exactly decides.
        for (long step = Math.Max(lot, nanos >> 38); nanos > 0 && quote.WorthNanos(nanos) > worthMax; step = checked(step * 2))
        {
            nanos = Math.Max(0, nanos - step);
            nanos -= nanos % lot;
        }
        return new Quantity(nanos);
    }

    private static Int128 Nanos(decimal? money) => money is { } value ? (Int128)(value * Price.Scale) : Int128.MaxValue;

    /// <summary>What an instrument costs now.</summary>
    /// <param name="Price">That it would be taken at.</param>
    /// <param name="RateNanos">Account's currency per unit of the instrument's, in 1e-9.</param>
    private readonly record struct Quote(Terms Terms, Price Price, Price Tick, Quantity Lot, double Multiplier, long RateNanos)
    {
        public double Rate => RateNanos * 1e-9;

        public double Worth => PositionSize.WorthOf(Price.ToDouble(), Multiplier, Terms.IsInverse, Rate);

        public Int128 WorthNanos(long quantityNanos) => CurrencyRates.Convert(Terms.NotionalNanos(quantityNanos, Price, Price), RateNanos);
    }
}
