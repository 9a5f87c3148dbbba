using System.Numerics;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Twins.SlowAccount;

namespace Fathom.Tests.Engine.Portfolio;

/// <summary>The account against one that remembers every fill and works everything out anew with sixty decimals.</summary>
public class AccountOracleTests
{
    private const decimal Start = 1_000m;
    private const decimal Rate = 1.234567891m;
    private static readonly string[] Currencies = ["USD", "BTC", "EUR"];

    private static readonly SlowContract[] Contracts =
    [
        new(InstrumentKind.Linear, 50m, "USD"), new(InstrumentKind.Inverse, 100m, "BTC"), new(InstrumentKind.Spot, 1m, "EUR"),
        new(InstrumentKind.Inverse, 0.001m, "BTC"), new(InstrumentKind.Linear, 0.000000007m, "EUR"),
    ];

    [Fact]
    public void Positions_and_money_in_every_currency_equal_those_of_the_slow_twin()
    {
        int seeds = Fuzz.Seeds(40);
        for (int seed = 0; seed < seeds; seed++) new Race(seed).Run(steps: 80);
    }

    private sealed class Race
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly Account _account = new(AccountTests.Code("USD"), Start, strategies: 2, [new CurrencyRate(AccountTests.Code("BTC"), Rate), new CurrencyRate(AccountTests.Code("EUR"), Rate)]);
        private readonly SlowAccount _twin = new(Contracts);
        private readonly Dictionary<(string Currency, int? Owner), BigInteger> _dayStarts = [];
        private BigInteger _peak = Nanos(SlowPosition.Exact(Start));
        private double _drawdown;
        private int _day;

        public Race(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            for (int index = 0; index < Contracts.Length; index++)
                _account.Define(AccountTests.Definition(new InstrumentId(index), Contracts[index].Multiplier, Contracts[index].Kind, Contracts[index].Currency));
        }

        public void Run(int steps)
        {
            BeginDay();
            for (int step = 0; step < steps; step++)
            {
                if (_random.Next(20) == 0) BeginDay();
                else if (_random.Next(3) == 0) Mark();
                else Fill();
                Sample();
                if (step % 8 == 0 || step == steps - 1) Compare($"seed {_seed}, step {step}");
            }
            _account.Finish();      // the laws
        }

        private void BeginDay()
        {
            _account.Advance(new Timestamp(++_day * 86_400_000_000_000L + 5));
            foreach (string currency in Currencies)
                foreach (int? owner in new int?[] { null, -1, 0, 1 }) _dayStarts[(currency, owner)] = _twin.Profit(currency, owner);
        }

        private void Mark()
        {
            int instrument = _random.Next(Contracts.Length);
            Price bid = APrice(), ask = bid + new Price(_random.NextInt64(0, 1_000));
            _account.MarkTo(new InstrumentId(instrument), bid, ask);
            // A mid of half a unit of 1e-9 does not fit the twin's prices.
            if ((bid.Nanos + ask.Nanos) % 2 != 0) _account.MarkTo(new InstrumentId(instrument), bid, ask = bid + new Price(ask.Nanos - bid.Nanos + 1));
            _twin.Mark(instrument, (bid.ToDecimal() + ask.ToDecimal()) / 2);
        }

        private void Fill()
        {
            int owner = _random.Next(-1, 2), instrument = _random.Next(Contracts.Length);
            PositionSide positionSide = (PositionSide)_random.Next(3);
            Side side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
            Price price = APrice();
            Quantity quantity = new(_random.Next(3) == 0 ? _random.NextInt64(1, 5) * 1_000_000_000 : _random.NextInt64(1, 20_000_000_000));
            Holding? before = _account.Owner(owner).Find(new InstrumentId(instrument), positionSide);
            if (_random.Next(4) == 0 && before is not null && !before.Position.Quantity.IsZero)      // flat
                (side, quantity) = (before.Position.Quantity.IsPositive ? Side.Sell : Side.Buy, new Quantity(Math.Abs(before.Position.Quantity.Nanos)));
            long fee = _random.NextInt64(-1_000, 1_000_000);
            Holding holding = _account.Book(owner, new InstrumentId(instrument), side, price, quantity, fee, positionSide);
            _twin.Fill(new SlowFill(owner, instrument, positionSide, side, price.ToDecimal(), quantity.ToDecimal(), fee));
            Assert.Equal(_twin.Position(owner, instrument, positionSide).Held, holding.Position.Quantity.ToDecimal());
        }

        private void Sample()
        {
            BigInteger equity = Nanos(SlowPosition.Exact(Start) + _twin.Profit("USD"));
            _peak = BigInteger.Max(_peak, equity);
            if (_peak > 0) _drawdown = Math.Max(_drawdown, (double)(_peak - equity) / (double)_peak);
        }

        private void Compare(string at)
        {
            foreach ((int owner, int instrument, PositionSide side) in _twin.Keys)
            {
                Holding holding = _account.Owner(owner).Find(new InstrumentId(instrument), side)!;
                SlowPosition twin = _twin.Position(owner, instrument, side);
                // A total is off by half a unit; the shares of partial closes and the values of inverse fills add units of 1e-18 to that.
                Near(twin.Realized, holding.RealizedNanos, 1, at);
                Near(_twin.Unrealized(owner, instrument, side), holding.UnrealizedNanos, 1, at);
                Assert.True(_twin.Fees(owner, instrument, side) == holding.FeesNanos, at);
                Assert.True(twin.Held == 0 == holding.Position.AveragePrice.IsNone, at);
                if (Math.Abs(twin.Held) > 0.1m) Near(twin.AveragePrice, holding.Position.AveragePrice.Nanos, 10_000, at);      // it is a view of a rounded cost
            }
            AccountTotals sum = default;
            foreach (AccountMoney money in _account.Money)
            {
                string currency = money.Currency.ToString();
                BigInteger start = currency == "USD" ? SlowPosition.Exact(Start) : 0;
                Near(start + _twin.Profit(currency), money.Ledger.EquityNanos, 45, at);
                Near(BigInteger.Max(0, _dayStarts[(currency, null)] - _twin.Profit(currency)), money.Ledger.DayLossNanos, 90, at);
                for (int owner = -1; owner < 2; owner++)
                {
                    if (_account.Owner(owner).LedgerOf(money) is not { } ledger) continue;
                    Near(_twin.Profit(currency, owner), ledger.EquityNanos, 15, at);
                    Near(BigInteger.Max(0, _dayStarts[(currency, owner)] - _twin.Profit(currency, owner)), ledger.DayLossNanos, 30, at);
                }
                Near(_twin.GrossNotional(currency), (Int128)(_account.GrossNotional(money.Currency) * 1_000_000_000m), 5, at);
                sum = sum.Plus(money.Ledger, money.RateNanos);
            }
            Assert.Equal(sum, _account.Totals);
            BigInteger total = SlowPosition.Exact(Start) + _twin.Profit("USD") + (_twin.Profit("BTC") + _twin.Profit("EUR")) * SlowPosition.Exact(Rate) / SlowPosition.One;
            Near(total, sum.EquityNanos, 180, at);
            Assert.Equal(_drawdown, _account.Curve.DrawdownMax, 6);
        }

        private Price APrice() => new(_random.NextInt64(1, 100_000) * 1_250_001);

        private static BigInteger Nanos(BigInteger exact) => exact / BigInteger.Pow(10, 51);

        private static void Near(BigInteger exact, Int128 found, int within, string at) =>
            Assert.True(BigInteger.Abs(Nanos(exact) - (BigInteger)found) <= within, $"{at}: {found} instead of {Nanos(exact)}");
    }
}
