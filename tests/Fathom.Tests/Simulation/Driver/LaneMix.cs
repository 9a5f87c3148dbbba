using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Orders;
using Fathom.Market.Books.Bars;

namespace Fathom.Tests.Simulation.Driver;

/// <summary>Strategies that differ in what they listen to, each with its own dice: what a lane must not miss depends on it.</summary>
internal static class LaneMix
{
    public const int Kinds = 7;

    public static Strategy Create(int kind, int seed) => (kind % Kinds) switch
    {
        0 => new Ladders(seed, PriceReference.Mid),
        1 => new Ladders(seed, PriceReference.WeightedMid),
        2 => new Books(seed),
        3 => new Trades(seed),
        4 => new Targets(seed, BarSource.Trades),
        5 => new Targets(seed, BarSource.Quotes),
        _ => new Watcher(seed),
    };

    /// <summary>Quotes and answers quotes, fills, refusals and timers; hands over a ladder of the other kind now and then.</summary>
    private sealed class Ladders(int seed, PriceReference reference) : Strategy
    {
        private readonly Random _dice = new(seed);
        private readonly QuoteLadder _ladder = new();

        public override void OnQuote(StrategyContext context, in BestPrices prices)
        {
            if (_dice.Next(3) == 0) Quote(context, prices.Instrument);
            if (_dice.Next(10) == 0) context.SetTimer(context.Clock + new Duration(_dice.Next(20_000)), 1);
        }

        public override void OnFill(StrategyContext context, in FillEvent fill) => Quote(context, fill.Header.Instrument);

        public override void OnOrder(StrategyContext context, in OrderEvent change)
        {
            if (_dice.Next(20) == 0 && change.To != OrderStatus.Refused && !change.Header.Instrument.Equals(InstrumentId.None)) Quote(context, change.Header.Instrument);
        }

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            if (context.InstrumentCount > 0) Quote(context, new InstrumentId(_dice.Next(context.InstrumentCount)));
        }

        private void Quote(StrategyContext context, InstrumentId instrument)
        {
            if (_dice.Next(12) == 0)
            {
                context.WithdrawQuotes(instrument);
                return;
            }
            _ladder.Clear();
            _ladder.Reference = _dice.Next(8) == 0 ? (PriceReference)(1 - (int)reference) : reference;
            _ladder.RequoteTicks = 1 + _dice.Next(2);
            _ladder.ShiftTicks = -0.25 * context.Position(instrument).ToDouble();
            _ladder.Add(Side.Buy, _dice.Next(3), Quantity.Units(1 + _dice.Next(3)));
            _ladder.Add(Side.Sell, _dice.Next(3), Quantity.Units(1 + _dice.Next(3)));
            context.Quote(instrument, _ladder);
        }
    }

    /// <summary>Orders of every kind at every event, and asks for its places.</summary>
    private sealed class Books(int seed) : Strategy
    {
        private readonly Random _dice = new(seed);

        public override void OnBook(StrategyContext context, IBookView book)
        {
            if (_dice.Next(4) > 0 || !book.TryBestBid(out BookLevel bid) || !book.TryBestAsk(out BookLevel ask)) return;
            int live = 0;
            foreach (WorkingOrder order in context.WorkingOrders(book.Instrument))
            {
                live++;
                Quantity ahead = context.QueueAhead(order.Id);
                if (order.Status is not (OrderStatus.Open or OrderStatus.PartiallyFilled)) continue;
                if (_dice.Next(8) == 0 || ahead > Quantity.Units(20)) context.Cancel(order.Id);
                else if (_dice.Next(8) == 0) context.Replace(order.Id, order.Side == Side.Buy ? bid.Price : ask.Price, order.Quantity);
            }
            Side side = _dice.Next(2) == 0 ? Side.Buy : Side.Sell;
            OrderIntent intent = new(book.Instrument, side, Quantity.Units(1 + _dice.Next(5)), side == Side.Buy ? bid.Price : ask.Price);
            if (_dice.Next(6) == 0) context.Submit(intent with { Price = side == Side.Buy ? ask.Price : bid.Price, TimeInForce = TimeInForce.ImmediateOrCancel });
            else if (live < 8) context.Submit(Conditional(context, intent, bid, ask));
        }

        /// <summary>Half of the orders wait for something, or end by themselves; who does it, the venue or the engine, is the lane's.</summary>
        private OrderIntent Conditional(StrategyContext context, OrderIntent intent, BookLevel bid, BookLevel ask)
        {
            Price far = intent.Side == Side.Buy ? ask.Price + new Price(_dice.Next(3) * Price.Scale) : bid.Price - new Price(_dice.Next(3) * Price.Scale);
            TriggerSource source = _dice.Next(2) == 0 ? TriggerSource.Last : TriggerSource.BidAsk;
            return _dice.Next(10) switch
            {
                0 => intent with { Type = OrderType.Stop, Price = Price.None, TriggerPrice = far, TriggerSource = source },
                1 => intent with { Type = OrderType.Trailing, Price = Price.None, TrailOffset = new Price((1 + _dice.Next(3)) * Price.Scale), TriggerSource = source },
                2 => intent with { TimeInForce = TimeInForce.GoodTillDate, ExpireTime = context.Clock + new Duration(5_000 + _dice.Next(40_000)) },
                3 => intent with { ReduceOnly = true },
                4 => intent with { Type = OrderType.StopLimit, Price = far, TriggerPrice = far, TriggerSource = source },
                _ => intent,
            };
        }
    }

    /// <summary>States targets at bars and at points of a series.</summary>
    private sealed class Targets(int seed, BarSource source) : Strategy
    {
        private readonly Random _dice = new(seed);

        public override void OnStart(StrategyContext context)
        {
            context.SubscribeBars(BarSpec.OfTime(new Duration(5_000 + seed % 3 * 7_000), source));
            if (seed % 2 == 0) context.SubscribeBars(BarSpec.OfTicks(3, source));
        }

        public override void OnBar(StrategyContext context, in Bar bar)
        {
            if (_dice.Next(3) > 0) return;
            if (_dice.Next(10) == 0) context.WithdrawTarget(bar.Instrument);
            else context.Target(bar.Instrument, Quantity.Units(_dice.Next(7) - 3), (TargetUrgency)_dice.Next(3));
        }

        public override void OnSeries(StrategyContext context, in SeriesUpdate update)
        {
            if (context.InstrumentCount > 0) context.Target(new InstrumentId(0), Quantity.Units((long)update.Values[0] % 4), TargetUrgency.Passive);
        }
    }

    /// <summary>Wakes at trades, in the middle of events, and by a periodic timer; quotes from there.</summary>
    private sealed class Trades(int seed) : Strategy
    {
        private readonly Random _dice = new(seed);
        private readonly QuoteLadder _ladder = new();

        public override void OnStart(StrategyContext context) => context.SetPeriodicTimer(new Duration(7_000), 3);

        public override void OnTrade(StrategyContext context, in MarketByOrder trade)
        {
            InstrumentFeatures features = context.Features(trade.Header.Instrument);
            bool isBuy = features.TradeImbalance + (double.IsNaN(features.Imbalance) ? 0 : features.Imbalance) > 0;
            _ladder.Clear();
            _ladder.Add(isBuy ? Side.Buy : Side.Sell, _dice.Next(2), Quantity.Units(2));
            context.Quote(trade.Header.Instrument, _ladder);
        }

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            if (_dice.Next(50) == 0 && context.InstrumentCount > 0) context.WithdrawQuotes(new InstrumentId(0));
        }
    }

    /// <summary>Reads features at every event; its numbers depend on who else read them, if anybody's do.</summary>
    private sealed class Watcher(int seed) : Strategy
    {
        private readonly Random _dice = new(seed);

        public override void OnFeatures(StrategyContext context, InstrumentFeatures features)
        {
            bool wants = features.TradeImbalance > 0.2 || features.WeightedMid > features.Mid;
            if (!wants || features.Ask.IsNone || _dice.Next(6) > 0) return;
            Side side = context.Position(features.Instrument) > Quantity.Zero ? Side.Sell : Side.Buy;
            context.Submit(new OrderIntent(features.Instrument, side, Quantity.Units(1), side == Side.Buy ? features.Bid : features.Ask));
            if (context.Clock.Nanos % 5_000 < 500) context.SetTimer(context.Clock + new Duration(3_000), 9);
        }

        public override void OnTimer(StrategyContext context, in TimerEvent timer)
        {
            foreach (WorkingOrder order in context.WorkingOrders(new InstrumentId(0)))
                if (context.Features(new InstrumentId(0)).TradeImbalance < 0) context.Cancel(order.Id);
        }
    }
}
