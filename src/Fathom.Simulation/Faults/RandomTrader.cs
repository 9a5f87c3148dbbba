using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;

namespace Fathom.Simulation.Faults;

/// <summary>
/// Does everything that a strategy can do, without a plan: orders of every type, brackets and pairs, replacements, cancels, ladders, targets, answers to fills and to changes of orders,
/// timers, and now and then the kill switch. What it makes of money does not matter: it is there so that an engine meets every situation. The same seed on the same market does the same.
/// </summary>
public sealed class RandomTrader : Strategy
{
    private const int WorkingMax = 6;

    [Parameter("seed of its dice")]
    public long Seed { get; set; } = 1;

    [Parameter("number of the one instrument that it trades; -1 for all")]
    public int Instrument { get; set; } = -1;

    [Parameter("chance that it does something after a venue event", Min = 0, Max = 1)]
    public double Activity { get; set; } = 0.2;

    [Parameter("in which form it wants things: any, orders, quotes, target")]
    public TraderStyle Style { get; set; }

    private readonly QuoteLadder _ladder = new();
    private SplitMix64 _random;
    private TraderStyle[] _styles = [];
    private bool[] _isLeaving = [];

    public override void OnStart(StrategyContext context) => _random = new SplitMix64((ulong)Seed);

    public override void OnBook(StrategyContext context, IBookView book)
    {
        if (Instrument >= 0 && book.Instrument.Index != Instrument) return;
        if (_random.NextUnit() < Activity) Act(context, book.Instrument);
    }

    public override void OnFill(StrategyContext context, in FillEvent fill)
    {
        if (Chance(4)) Act(context, fill.Header.Instrument);
    }

    public override void OnOrder(StrategyContext context, in OrderEvent change)
    {
        if (change.To != OrderStatus.Refused && !change.Header.Instrument.Equals(InstrumentId.None) && Chance(8)) Act(context, change.Header.Instrument);
    }

    public override void OnTimer(StrategyContext context, in TimerEvent timer) => Act(context, new InstrumentId((int)timer.Tag));

    private void Act(StrategyContext context, InstrumentId instrument)
    {
        switch (StyleOf(context, instrument))
        {
            case TraderStyle.Orders: ActByOrders(context, instrument); break;
            case TraderStyle.Quotes: ActByQuotes(context, instrument); break;
            case TraderStyle.Target: ActByTarget(context, instrument); break;
        }
    }

    // ---- forms of wants

    /// <summary>One form at a time: before another one all that stands is withdrawn, and has to be gone.</summary>
    private TraderStyle StyleOf(StrategyContext context, InstrumentId instrument)
    {
        int index = instrument.Index;
        if (index >= _styles.Length)
        {
            Array.Resize(ref _styles, index + 1);
            Array.Resize(ref _isLeaving, index + 1);
        }
        if (_styles[index] == TraderStyle.Any) _styles[index] = Style != TraderStyle.Any ? Style : (TraderStyle)(1 + _random.NextBelow(3));
        if (Style == TraderStyle.Any && !_isLeaving[index] && Chance(40)) Leave(context, instrument);
        if (!_isLeaving[index]) return _styles[index];
        if (CountWorking(context, instrument) > 0)
        {
            CancelAll(context, instrument);
            return TraderStyle.Any;
        }
        _isLeaving[index] = false;
        return _styles[index] = (TraderStyle)(1 + _random.NextBelow(3));
    }

    private void Leave(StrategyContext context, InstrumentId instrument)
    {
        _isLeaving[instrument.Index] = true;
        if (_styles[instrument.Index] == TraderStyle.Quotes) context.WithdrawQuotes(instrument);
        else if (_styles[instrument.Index] == TraderStyle.Target) context.WithdrawTarget(instrument);
    }

    private void ActByQuotes(StrategyContext context, InstrumentId instrument)
    {
        if (Chance(12))
        {
            context.WithdrawQuotes(instrument);
            return;
        }
        _ladder.Clear();
        _ladder.RequoteTicks = 1 + _random.NextBelow(3);
        _ladder.ShiftTicks = _random.NextBelow(5) - 2;
        for (int level = _random.NextBelow(4); level > 0; level--) _ladder.Add(ASide(), level, AQuantity(context, instrument));
        context.Quote(instrument, _ladder);
    }

    private void ActByTarget(StrategyContext context, InstrumentId instrument)
    {
        if (Chance(12))
        {
            context.WithdrawTarget(instrument);
            return;
        }
        Quantity lot = context.Instrument(instrument).Lot;
        context.Target(instrument, new Quantity(lot.Nanos * (_random.NextBelow(13) - 6)), (TargetUrgency)_random.NextBelow((int)TargetUrgency.Passive + 1));
    }

    private void ActByOrders(StrategyContext context, InstrumentId instrument)
    {
        IBookView book = context.Book(instrument);
        if (!book.TryBestBid(out BookLevel bid) || !book.TryBestAsk(out BookLevel ask)) return;
        int kind = CountWorking(context, instrument) >= WorkingMax ? 80 + _random.NextBelow(18) : _random.NextBelow(100);
        OrderIntent order = ALimit(context, instrument, in bid, in ask);
        switch (kind)
        {
            case < 24: context.Submit(order); break;
            case < 32: context.Submit(order with { PostOnly = true }); break;
            case < 38: context.Submit(order with { Type = OrderType.Market, Price = Price.None, TimeInForce = TimeInForce.ImmediateOrCancel }); break;
            case < 43: context.Submit(order with { TimeInForce = Chance(2) ? TimeInForce.ImmediateOrCancel : TimeInForce.FillOrKill }); break;
            case < 52: context.Submit(AStop(context, order, in bid, in ask)); break;
            case < 57: context.Submit(order with { TimeInForce = TimeInForce.GoodTillDate, ExpireTime = context.Clock + Duration.FromMilliseconds(200 + _random.NextBelow(15_000)) }); break;
            case < 63: context.SubmitBracket(ABracket(context, order, in bid, in ask)); break;
            case < 69: context.SubmitOneCancelsOther(order, ALimit(context, instrument, in bid, in ask)); break;
            case < 77: Reduce(context, order); break;
            case < 80: context.SetTimer(context.Clock + Duration.FromMilliseconds(50 + _random.NextBelow(4_000)), (ulong)instrument.Index); break;
            case < 89: ReplaceOne(context, instrument, order); break;
            case < 99: CancelOne(context, instrument); break;
            default: if (Chance(8)) context.Kill(AKill(instrument)); break;
        }
    }

    private KillIntent AKill(InstrumentId instrument) => new()
    {
        IsOwn = Chance(2),
        Instrument = Chance(2) ? instrument : InstrumentId.None,
        Flattens = Chance(2),
        Reason = "by the dice",
    };

    // ---- orders

    private OrderIntent ALimit(StrategyContext context, InstrumentId instrument, in BookLevel bid, in BookLevel ask)
    {
        Side side = ASide();
        long tick = context.Instrument(instrument).Tick.Nanos, away = tick * (_random.NextBelow(6) - 1);
        Price price = side == Side.Buy ? new Price(bid.Price.Nanos - away) : new Price(ask.Price.Nanos + away);
        return new OrderIntent(instrument, side, AQuantity(context, instrument), price);
    }

    private OrderIntent AStop(StrategyContext context, OrderIntent order, in BookLevel bid, in BookLevel ask)
    {
        long tick = context.Instrument(order.Instrument).Tick.Nanos, away = tick * _random.NextBelow(6);
        Price trigger = order.Side == Side.Buy ? new Price(ask.Price.Nanos + away) : new Price(bid.Price.Nanos - away);
        TriggerSource source = Chance(2) ? TriggerSource.Last : TriggerSource.BidAsk;
        return _random.NextBelow(3) switch
        {
            0 => order with { Type = OrderType.Stop, Price = Price.None, TriggerPrice = trigger, TriggerSource = source },
            1 => order with { Type = OrderType.StopLimit, TriggerPrice = trigger, TriggerSource = source },
            _ => order with { Type = OrderType.Trailing, Price = Price.None, TrailOffset = new Price(tick * (1 + _random.NextBelow(6))), TriggerSource = source },
        };
    }

    private Bracket ABracket(StrategyContext context, OrderIntent entry, in BookLevel bid, in BookLevel ask)
    {
        long tick = context.Instrument(entry.Instrument).Tick.Nanos, away = tick * (2 + _random.NextBelow(8));
        int sign = entry.Side.Sign();
        Price near = entry.Side == Side.Buy ? ask.Price : bid.Price;
        return new Bracket(entry)
        {
            StopTrigger = new Price(near.Nanos - sign * away),
            TakeProfit = Chance(4) ? Price.None : new Price(near.Nanos + sign * away),
        };
    }

    private void Reduce(StrategyContext context, OrderIntent order)
    {
        Quantity position = context.Position(order.Instrument);
        Side side = position.Nanos > 0 ? Side.Sell : Side.Buy;
        if (!position.IsZero) context.Submit(order with { Side = side, Type = OrderType.Market, Price = Price.None, TimeInForce = TimeInForce.ImmediateOrCancel, ReduceOnly = true });
    }

    private void ReplaceOne(StrategyContext context, InstrumentId instrument, in OrderIntent like)
    {
        if (!TryPick(context, instrument, out WorkingOrder order)) return;
        Price price = order.Side == like.Side && Chance(2) ? like.Price : order.Price;
        context.Replace(order.Id, price, Chance(2) ? order.Quantity : like.Quantity);
    }

    private void CancelOne(StrategyContext context, InstrumentId instrument)
    {
        if (TryPick(context, instrument, out WorkingOrder order)) context.Cancel(order.Id);
    }

    private static void CancelAll(StrategyContext context, InstrumentId instrument)
    {
        foreach (WorkingOrder order in context.WorkingOrders(instrument))
            if (order.Origin == OrderOrigin.Intent) context.Cancel(order.Id);
    }

    private bool TryPick(StrategyContext context, InstrumentId instrument, out WorkingOrder picked)
    {
        picked = default;
        int count = CountWorking(context, instrument);
        if (count == 0) return false;
        int skip = _random.NextBelow(count);
        foreach (WorkingOrder order in context.WorkingOrders(instrument))
            if (skip-- == 0) picked = order;
        return true;
    }

    private static int CountWorking(StrategyContext context, InstrumentId instrument)
    {
        int count = 0;
        foreach (WorkingOrder _ in context.WorkingOrders(instrument)) count++;
        return count;
    }

    // ---- dice

    private Side ASide() => Chance(2) ? Side.Buy : Side.Sell;

    private Quantity AQuantity(StrategyContext context, InstrumentId instrument) => new(context.Instrument(instrument).Lot.Nanos * (1 + _random.NextBelow(4)));

    /// <summary>One in so many.</summary>
    private bool Chance(int of) => _random.NextBelow(of) == 0;
}
