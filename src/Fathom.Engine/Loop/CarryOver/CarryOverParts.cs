using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;
using Fathom.Market.Universe;

namespace Fathom.Engine.Loop.CarryOver;

/// <summary>What of an engine a session roll carries, and where it is taken up again.</summary>
/// <param name="Names">Of the owners, by number.</param>
/// <param name="Ids">By owner.</param>
/// <param name="Sessions">By owner.</param>
internal sealed record CarryOverParts(
    CurrentInput Input, Instruments Instruments, Account Account, OrderBlotter Blotter, RiskGate Gate, Outbox Outbox, Publisher Publisher, OrderRecovery Recovery,
    IReadOnlyList<string> Names, ClientOrderIds[] Ids, StrategySession[] Sessions)
{
    /// <summary>Null where no states are judged and no limits adapt: what is carried of them is left behind.</summary>
    public StateKeeper? States { get; init; }

    /// <summary>Null where there is no kill rule: what is carried of them is left behind.</summary>
    public KillWatch? KillWatch { get; init; }
}
