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
    /// <summary>Where a kill switch is on nothing leaves that could trade, but for what only closes positions where that was asked for; and none goes off by itself.</summary>
    public const string KillSwitch = "kill-switch";
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
    /// <summary>At rest after a kill switch: no order that it concerns lives at the venue, ours or not, nor waits here.</summary>
    public const string Killed = "killed";

    public static IReadOnlyList<string> All { get; } = [NeverThrows, Money, OnceOnly, Limits, KillSwitch, History, Replay, Rest, Positions, Orders, Killed];
}
