using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Scenarios.Pages.WhatHappensWhen;

/// <summary>What a strategy does at a time.</summary>
/// <param name="Milliseconds">After the start.</param>
/// <param name="Do">Is given the orders that the script has submitted so far.</param>
internal sealed record ScriptLine(int Milliseconds, Action<StrategyContext, List<ClientOrderId>> Do)
{
    public static ScriptLine Buy(int milliseconds, int quantity, decimal price) =>
        new(milliseconds, (context, orders) => orders.Add(context.Submit(new OrderIntent(new InstrumentId(0), Side.Buy, Quantity.Units(quantity), Price.From(price)))));

    public static ScriptLine Cancel(int milliseconds, int order) => new(milliseconds, (context, orders) => context.Cancel(orders[order]));

    public static ScriptLine Replace(int milliseconds, int order, decimal price, int quantity) =>
        new(milliseconds, (context, orders) => context.Replace(orders[order], Price.From(price), Quantity.Units(quantity)));
}
