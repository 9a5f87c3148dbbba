using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Strategies.Library;

/// <summary>How strategies that decide at bars come to the position that they want.</summary>
internal static class HeldPosition
{
    /// <summary>Asks for what is missing or too much at the market, at once or not at all. Does nothing while an order about it lives, while the strategy warms up and while the
    /// instrument does not trade: whoever still wants it at the next bar asks again.</summary>
    /// <param name="wanted">Signed.</param>
    public static void MoveTo(StrategyContext context, InstrumentId instrument, Quantity wanted)
    {
        Quantity missing = wanted - context.Position(instrument);
        if (missing.IsZero || context.IsWarmingUp || !context.TradingState(instrument).Matches()) return;
        if (context.TryWorking(instrument, Side.Buy, out _) || context.TryWorking(instrument, Side.Sell, out _)) return;
        Side side = missing.IsPositive ? Side.Buy : Side.Sell;
        context.Submit(new OrderIntent(instrument, side, missing.IsPositive ? missing : -missing, Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
    }
}
