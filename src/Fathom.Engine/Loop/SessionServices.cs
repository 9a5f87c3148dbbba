using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Adjust;
using Fathom.Engine.Risk.Kill;
using Fathom.Market.Universe;

namespace Fathom.Engine.Loop;

/// <summary>What the sessions of one account's strategies share.</summary>
internal sealed record SessionServices(
    CurrentInput Input, MarketStage Stage, OrderBlotter Blotter, QueueTracker Queue, IntentExecutor Executor, KillSwitch KillSwitch, Outbox Outbox, Publisher Publisher,
    MarkPublisher Marks, SessionCalendar Calendar, RequestWatch Requests, ushort Account)
{
    /// <summary>How positions are closed in an emergency.</summary>
    public required LiquidationRules Liquidation { get; init; }

    /// <summary>What turns kill switches on by rules; null where there is none.</summary>
    public required KillWatch? KillWatch { get; init; }

    /// <summary>What states leave of wants; null without states.</summary>
    public Adjuster? Adjuster { get; init; }

    /// <summary>An order too large for a limit is cut to what the limit leaves.</summary>
    public bool CutsToLimits { get; init; }

    /// <summary>Null without states and where limits do not adapt.</summary>
    public StateKeeper? States { get; set; }

    /// <summary>Is shown what is decided; null: nobody asks.</summary>
    public IDecisionTrace? Trace { get; set; }
}
