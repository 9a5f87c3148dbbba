namespace Fathom.Simulation.Faults;

/// <summary>The names of the laws, as outcomes state them.</summary>
public static class TortureLaws
{
    /// <summary>The engine never throws for what the world does, and no strategy is halted by it.</summary>
    public const string NeverThrows = "never-throws";
    /// <summary>Positions, cash flows and fees of every owner are the sum of the distinct executions that reached the engine, to the last unit.</summary>
    public const string Money = "money";
    /// <summary>No client order id is submitted twice, approvals run on without a gap.</summary>
    public const string OnceOnly = "once-only";
    /// <summary>No limit is exceeded, however the live orders (unknown ones included) end.</summary>
    public const string Limits = "limits";
    /// <summary>While a kill switch is on nothing leaves in its scope that could trade, but what closes positions where it is to.</summary>
    public const string KillSwitch = "kill-switch";
    /// <summary>A kill switch goes off when an operator says so with a reason, and not otherwise.</summary>
    public const string Rearm = "re-arm";
    /// <summary>States of risk are never better than they are, come back no sooner than they may, and while one is critical positions only get smaller.</summary>
    public const string States = "states";
    /// <summary>A liquidation closes within its floor, and ends at what may be kept or says why not.</summary>
    public const string Liquidation = "liquidation";
    /// <summary>An order's published history has no gap: each change begins where the last one ended, and nothing follows the end.</summary>
    public const string History = "history";
    /// <summary>An engine that is fed the same inputs says the same, byte for byte.</summary>
    public const string Replay = "replay";
    /// <summary>With all faults over everything comes to rest: questions are answered, no request is open, nothing is unknown.</summary>
    public const string Rest = "rest";
    /// <summary>At rest: what we believe to hold is what the venue says we hold.</summary>
    public const string Positions = "positions";
    /// <summary>At rest: every open order at the venue is known to the engine and the other way round, with the same terms.</summary>
    public const string Orders = "orders";
    /// <summary>At rest: no order lives at the venue in the scope of a kill switch that is on; after that of the account none at all, ours or not.</summary>
    public const string Killed = "killed";

    public static IReadOnlyList<string> All { get; } = [NeverThrows, Money, OnceOnly, Limits, KillSwitch, Rearm, States, Liquidation, History, Replay, Rest, Positions, Orders, Killed];
}
