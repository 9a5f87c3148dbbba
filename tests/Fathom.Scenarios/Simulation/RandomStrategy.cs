using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;

namespace Fathom.Scenarios.Simulation;

/// <summary>Puts orders at the touch, behind it and inside it, several at one price, and cancels some: to meet every rule of the queue, not to earn.</summary>
internal sealed class RandomStrategy(ulong seed) : Strategy
{
    private const int LiveMax = 12;

    private SplitMix64 _dice = new(seed);

    public override void OnBook(StrategyContext context, IBookView book)
    {
        if (_dice.NextUInt64() % 16 != 0 || !book.TryBestBid(out BookLevel bid) || !book.TryBestAsk(out BookLevel ask)) return;
        int live = 0;
        foreach (WorkingOrder order in context.WorkingOrders(book.Instrument))
        {
            live++;
            if (_dice.NextUInt64() % 8 == 0 && order.Status != OrderStatus.PendingCancel) context.Cancel(order.Id);
        }
        if (live >= LiveMax) return;

        Side side = _dice.NextUInt64() % 2 == 0 ? Side.Buy : Side.Sell;
        Price tick = context.Instrument(book.Instrument).Tick;
        long ticks = (long)(_dice.NextUInt64() % 6) - 1;      // from one inside to four behind
        Price price = side == Side.Buy ? bid.Price - tick * ticks : ask.Price + tick * ticks;
        context.Submit(new OrderIntent(book.Instrument, side, Quantity.Units(1 + (long)(_dice.NextUInt64() % 5)), price) { PostOnly = _dice.NextUInt64() % 2 == 0 });
    }
}
