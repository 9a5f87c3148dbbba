using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;

namespace Fathom.Scenarios.Simulation;

/// <summary>Puts orders at the touch, behind it and inside it, several at one price, moves and cancels some, and, if it is to take, sends orders of every kind that
/// takes: to meet every rule of the venue, not to earn.</summary>
internal sealed class RandomStrategy(ulong seed, bool takes) : Strategy
{
    private const int LiveMax = 12;

    private SplitMix64 _dice = new(seed);

    public override void OnBook(StrategyContext context, IBookView book)
    {
        if (_dice.NextUInt64() % 16 != 0 || !book.TryBestBid(out BookLevel bid) || !book.TryBestAsk(out BookLevel ask)) return;
        Price tick = context.Instrument(book.Instrument).Tick;
        int live = 0;
        foreach (WorkingOrder order in context.WorkingOrders(book.Instrument))
        {
            live++;
            if (order.Status is not (OrderStatus.Open or OrderStatus.PartiallyFilled)) continue;
            ulong dice = _dice.NextUInt64() % 16;
            if (dice < 2) context.Cancel(order.Id);
            else if (takes && dice < 4) context.Replace(order.Id, APrice(order.Side, bid, ask, tick), order.Quantity + Quantity.Units((long)(_dice.NextUInt64() % 5) - 2));
        }
        Side side = _dice.NextUInt64() % 2 == 0 ? Side.Buy : Side.Sell;
        Quantity quantity = Quantity.Units(1 + (long)(_dice.NextUInt64() % 5));
        if (takes && _dice.NextUInt64() % 3 == 0) Take(context, new OrderIntent(book.Instrument, side, quantity + quantity, side == Side.Buy ? ask.Price + tick : bid.Price - tick));
        else if (live < LiveMax)
            context.Submit(new OrderIntent(book.Instrument, side, quantity, APrice(side, bid, ask, tick)) { PostOnly = _dice.NextUInt64() % 2 == 0 });
    }

    /// <summary>From two ticks inside (which crosses where the spread is one) to four behind.</summary>
    private Price APrice(Side side, BookLevel bid, BookLevel ask, Price tick)
    {
        long ticks = (long)(_dice.NextUInt64() % 7) - 2;
        return side == Side.Buy ? bid.Price - tick * ticks : ask.Price + tick * ticks;
    }

    private void Take(StrategyContext context, in OrderIntent through)
    {
        context.Submit((_dice.NextUInt64() % 4) switch
        {
            0 => through with { Type = OrderType.Market, Price = Price.None },
            1 => through with { TimeInForce = TimeInForce.ImmediateOrCancel },
            2 => through with { TimeInForce = TimeInForce.FillOrKill },
            _ => through with { TimeInForce = TimeInForce.Day },
        });
    }
}
