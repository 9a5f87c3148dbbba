using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Scenarios.Pages.WhatHappensWhen;

/// <summary>Does what a script says at its times.</summary>
internal sealed class ScriptedStrategy(IReadOnlyList<ScriptLine> script, IEnumerable<int> wakes) : Strategy
{
    private readonly List<ClientOrderId> _orders = [];

    public override void OnStart(StrategyContext context)
    {
        for (int i = 0; i < script.Count; i++) context.SetTimer(HandTape.At(script[i].Milliseconds), (ulong)i);
        foreach (int wake in wakes) context.SetTimer(HandTape.At(wake), ulong.MaxValue);      // so that something happens at the time of a fault
    }

    public override void OnTimer(StrategyContext context, in TimerEvent timer)
    {
        if (timer.Tag < (ulong)script.Count) script[(int)timer.Tag].Do(context, _orders);
    }
}
