using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;

namespace Fathom.Strategies.Library;

/// <summary>
/// Quotes both sides of every instrument it sees, at a fixed distance around the mid, and leans against its inventory: the more it holds, the lower
/// both quotes, so that selling gets likelier. Post-only; at most one live order a side; away from the market while the book cannot be trusted.
/// </summary>
public sealed class Quoter(StrategyParameters parameters) : Strategy
{
    private readonly double _halfSpreadTicks = parameters.Number("half_spread", byDefault: 1, min: 0, max: 100_000);
    private readonly double _skewTicksPerUnit = parameters.Number("skew", byDefault: 0.5m, min: 0, max: 100_000);
    private readonly long _requoteTicks = parameters.Whole("requote", byDefault: 2, min: 1, max: 100_000);
    private readonly Quantity _size = parameters.Quantity("size", byDefault: 1, min: 0.000000001m, max: 1_000_000_000);
    private readonly Quantity _inventoryMax = parameters.Quantity("inventory_max", byDefault: 5, min: 0.000000001m, max: 1_000_000_000);

    public override void OnBook(StrategyContext context, IBookView book)
    {
        InstrumentId instrument = book.Instrument;
        bool isTrading = context.TradingState(instrument).Matches() && !book.IsStale;
        if (!isTrading || !book.TryBestBid(out BookLevel bid) || !book.TryBestAsk(out BookLevel ask) || bid.Price >= ask.Price)
        {
            Pull(context, instrument, Side.Buy);
            Pull(context, instrument, Side.Sell);
            return;
        }

        Price tick = context.Instrument(instrument).Tick;
        Quantity position = context.Position(instrument);
        double center = (bid.Price.Nanos / 2.0 + ask.Price.Nanos / 2.0) / tick.Nanos - _skewTicksPerUnit * position.ToDouble();
        Price buy = tick * (long)Math.Floor(center - _halfSpreadTicks);
        Price sell = tick * (long)Math.Ceiling(center + _halfSpreadTicks);
        if (buy >= ask.Price) buy = ask.Price - tick;
        if (sell <= bid.Price) sell = bid.Price + tick;

        Quote(context, instrument, Side.Buy, buy, tick, isWanted: position + _size <= _inventoryMax);
        Quote(context, instrument, Side.Sell, sell, tick, isWanted: position - _size >= -_inventoryMax);
    }

    private void Quote(StrategyContext context, InstrumentId instrument, Side side, Price price, Price tick, bool isWanted)
    {
        bool isLive = context.TryWorking(instrument, side, out WorkingOrder order);
        if (!isWanted)
        {
            if (isLive) Cancel(context, order);
        }
        else if (!isLive) context.Submit(new OrderIntent(instrument, side, _size, price) { PostOnly = true });
        else if (Math.Abs(price.Nanos - order.Price.Nanos) >= tick.Nanos * _requoteTicks) Cancel(context, order);      // placed anew once it is gone
    }

    private static void Pull(StrategyContext context, InstrumentId instrument, Side side)
    {
        if (context.TryWorking(instrument, side, out WorkingOrder order)) Cancel(context, order);
    }

    private static void Cancel(StrategyContext context, in WorkingOrder order)
    {
        if (order.Status != OrderStatus.PendingCancel) context.Cancel(order.Id);
    }
}
