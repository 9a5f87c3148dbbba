using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Tests.Engine.Loop;

/// <summary>A strategy that does what the test says, and remembers how it was called.</summary>
internal class ScriptedStrategy : Strategy
{
    public Action<StrategyContext>? Start { get; set; }
    public Action<StrategyContext, IBookView>? Book { get; set; }
    public Action<StrategyContext, OrderEvent>? Order { get; set; }
    public Action<StrategyContext, FillEvent>? Fill { get; set; }
    public Action<StrategyContext, TimerEvent>? Timer { get; set; }
    public Action<StrategyContext>? Stop { get; set; }

    /// <summary>Names of the callbacks in order.</summary>
    public List<string> Calls { get; } = [];
    public List<OrderEvent> Changes { get; } = [];

    public override void OnStart(StrategyContext context)
    {
        Calls.Add(nameof(OnStart));
        Start?.Invoke(context);
    }

    public override void OnBook(StrategyContext context, IBookView book)
    {
        Calls.Add(nameof(OnBook));
        Book?.Invoke(context, book);
    }

    public override void OnOrder(StrategyContext context, in OrderEvent change)
    {
        Calls.Add(nameof(OnOrder));
        Changes.Add(change);
        Order?.Invoke(context, change);
    }

    public override void OnFill(StrategyContext context, in FillEvent fill)
    {
        Calls.Add(nameof(OnFill));
        Fill?.Invoke(context, fill);
    }

    public override void OnTimer(StrategyContext context, in TimerEvent timer)
    {
        Calls.Add(nameof(OnTimer));
        Timer?.Invoke(context, timer);
    }

    public override void OnStop(StrategyContext context)
    {
        Calls.Add(nameof(OnStop));
        Stop?.Invoke(context);
    }

    /// <summary>A post-only limit order on the first instrument.</summary>
    public static OrderIntent Limit(Side side, decimal price, decimal quantity = 1m) =>
        new(EngineRig.Crude, side, Quantity.From(quantity), Price.From(price)) { PostOnly = true };
}
