using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;

namespace Fathom.Scenarios.Pages;

/// <summary>Buys at the best bid, sells what it holds at the best ask, and takes the bid when it has waited too long.</summary>
public sealed class JoinBest : Strategy
{
    [Parameter("quantity of a purchase", Min = 1, Max = 1_000)]
    public Quantity Size { get; set; } = Quantity.Units(1);

    [Parameter("how long to wait at the best ask", Min = "1ms", Max = "1h")]
    public Duration Patience { get; set; } = Duration.FromMilliseconds(30_000);

    public override void OnQuote(StrategyContext context, in BestPrices prices)
    {
        Quantity held = context.Position(prices.Instrument);
        Side side = held.IsPositive ? Side.Sell : Side.Buy;
        Price price = side == Side.Buy ? prices.Bid.Price : prices.Ask.Price;
        if (!context.TryWorking(prices.Instrument, side, out WorkingOrder order))
            context.Submit(new OrderIntent(prices.Instrument, side, held.IsPositive ? held : Size, price) { PostOnly = true });
        else if (order.Price != price && order.Status is OrderStatus.Open or OrderStatus.PartiallyFilled)
            context.Replace(order.Id, price, order.Quantity);
    }

    public override void OnFill(StrategyContext context, in FillEvent fill)
    {
        ulong tag = (ulong)fill.Header.Instrument.Index;
        context.ClearTimers(tag);
        if (fill.Position.IsPositive) context.SetTimer(context.Clock + Patience, tag);
    }

    public override void OnTimer(StrategyContext context, in TimerEvent timer)
    {
        InstrumentId instrument = new((int)timer.Tag);
        foreach (WorkingOrder order in context.WorkingOrders(instrument)) context.Cancel(order.Id);
        Quantity held = context.Position(instrument);
        context.Submit(new OrderIntent(instrument, Side.Sell, held, Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
    }
}
