using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Tests.Engine.Portfolio.Sizing;

public class RecentTradesTests
{
    private static readonly Terms s_linear = new(20 * Price.Scale, InstrumentKind.Linear, Code("USD"), IsSupported: true);
    private readonly RecentTrades _trades = new(4, 0.0001);
    private readonly Dictionary<int, decimal> _held = [];

    [Fact]
    public void A_trade_is_from_flat_to_flat_after_fees()
    {
        Assert.False(Fill(Side.Buy, 100m, 2m, fee: 1m, out _));
        Assert.False(Fill(Side.Buy, 102m, 1m, fee: 1m, out _));
        Assert.False(Fill(Side.Sell, 104m, 2m, fee: 1m, out _));
        Assert.True(Fill(Side.Sell, 101m, 1m, fee: 1m, out RoundTrip trip));
        Assert.Equal((7m * 20m - 4m, 302m * 20m), (Money(trip.ProfitNanos), Money(trip.StakeNanos)));
        Assert.Equal(136.0 / 6_040, _trades[0], 12);
    }

    [Fact]
    public void An_execution_that_turns_a_position_ends_one_trade_and_begins_another()
    {
        Fill(Side.Buy, 100m, 2m, fee: 2m, out _);
        Assert.True(Fill(Side.Sell, 101m, 5m, fee: 5m, out RoundTrip first));
        Assert.Equal((2m * 20m - 2m - 2m, 200m * 20m), (Money(first.ProfitNanos), Money(first.StakeNanos)));
        Assert.True(Fill(Side.Buy, 100m, 3m, fee: 3m, out RoundTrip second));
        Assert.Equal((3m * 20m - 3m - 3m, 303m * 20m), (Money(second.ProfitNanos), Money(second.StakeNanos)));
    }

    [Fact]
    public void An_inverse_trade_is_in_its_coin()
    {
        Terms inverse = new(100 * Price.Scale, InstrumentKind.Inverse, Code("BTC"), IsSupported: true);
        Assert.False(Fill(Side.Buy, 50_000m, 10m, 0m, out _, terms: inverse));
        Assert.True(Fill(Side.Sell, 62_500m, 10m, 0m, out RoundTrip trip, terms: inverse));
        Assert.Equal((1_000m / 50_000m - 1_000m / 62_500m, 1_000m / 50_000m), (Money(trip.ProfitNanos), Money(trip.StakeNanos)));
    }

    [Fact]
    public void What_it_has_not_seen_begin_does_not_count()
    {
        _held[0] = 3m;      // of an earlier session
        Assert.False(Fill(Side.Sell, 100m, 1m, 0m, out _));
        Assert.False(Fill(Side.Sell, 100m, 2m, 0m, out _));
        Assert.False(Fill(Side.Sell, 100m, 1m, 0m, out _));
        Assert.True(Fill(Side.Buy, 99m, 1m, 0m, out _));
        Assert.Equal(1, _trades.Count);
    }

    [Fact]
    public void The_oldest_goes_and_scratches_are_neither_wins_nor_losses()
    {
        foreach (decimal exit in (decimal[])[150m, 102m, 99m, 100.001m, 103m])
        {
            Fill(Side.Buy, 100m, 1m, 0m, out _);
            Fill(Side.Sell, exit, 1m, 0m, out _);
        }
        TradeStatistics trades = _trades.Summarize();
        Assert.Equal((2, 1, 1, 4), (trades.Wins, trades.Losses, trades.Scratches, trades.Count));
        Assert.Equal((0.025, 0.01, 2.5), (Math.Round(trades.MeanWin, 12), Math.Round(trades.MeanLoss, 12), Math.Round(trades.Payoff, 12)));
        Assert.Equal((0.02 - 0.01 + 0.00001 + 0.03) / 4, trades.Mean, 12);
        Assert.Equal(0.03, _trades[0], 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => _trades[4]);
    }

    [Fact]
    public void Without_wins_or_losses_there_is_no_payoff()
    {
        Assert.True(double.IsNaN(_trades.Summarize().Payoff) && double.IsNaN(_trades.Summarize().Mean));
        Fill(Side.Buy, 100m, 1m, 0m, out _);
        Fill(Side.Sell, 110m, 1m, 0m, out _);
        Assert.True(double.IsNaN(_trades.Summarize().Payoff) && double.IsNaN(_trades.Summarize().Variance));
        Assert.Equal(0, Kelly.Discrete(_trades.Summarize().WinRate.Mean, _trades.Summarize().Payoff, _trades.Summarize().MeanLoss));
    }

    [Fact]
    public void Profits_of_all_trades_are_the_accounts()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            RecentTrades trades = new(1_000, 0);
            Account account = new(Code("USD"), 1_000_000m, 1);
            account.Define(new InstrumentDefinition { Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 0, new InstrumentId(0), default, default), MultiplierNanos = 20 * Price.Scale });
            Int128 sum = 0;
            for (int i = 0; i < 60; i++)
            {
                Quantity held = account.Strategy(0).Quantity(new InstrumentId(0));
                bool isLast = i == 59;
                if (isLast && held.IsZero) break;
                Side side = isLast ? (held.IsPositive ? Side.Sell : Side.Buy) : random.Next(2) == 0 ? Side.Buy : Side.Sell;
                Quantity quantity = isLast ? new Quantity(Math.Abs(held.Nanos)) : new Quantity(random.Next(1, 5_000) * 1_000_000L);
                Price price = new(random.Next(90_000, 110_000) * 1_000_000L);
                long fee = random.Next(-500, 2_000) * 1_000L;
                account.Book(0, new InstrumentId(0), side, price, quantity, fee);
                if (trades.TryClose(AFill(side, price, quantity, fee, account.Strategy(0).Quantity(new InstrumentId(0))), s_linear, out RoundTrip trip)) sum += trip.ProfitNanos;
            }
            Int128 made = (Int128)((account.Realized - account.Fees) * Price.Scale);
            Assert.True(sum == made, $"seed {seed}: {sum} and {made}");
        }
    }

    private bool Fill(Side side, decimal price, decimal quantity, decimal fee, out RoundTrip trip, Terms? terms = null)
    {
        _held[0] = _held.GetValueOrDefault(0) + side.Sign() * quantity;
        return _trades.TryClose(AFill(side, Price.From(price), Quantity.From(quantity), Price.From(fee).Nanos, Quantity.From(_held[0])), terms ?? s_linear, out trip);
    }

    private static FillEvent AFill(Side side, Price price, Quantity quantity, long fee, Quantity after) => new()
    {
        Header = MessageHeader.Create<FillEvent>(MessageType.FillEvent, 0, new InstrumentId(0), default, default),
        Side = side,
        Price = price,
        Quantity = quantity,
        FeeNanos = fee,
        Position = after,
    };

    private static decimal Money(Int128 nanos) => (decimal)nanos / Price.Scale;

    private static CurrencyCode Code(string text) => CurrencyCode.TryParse(text, out CurrencyCode code) ? code : throw new ArgumentException(text);
}
