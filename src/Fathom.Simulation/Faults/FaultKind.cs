namespace Fathom.Simulation.Faults;

/// <summary>What a hostile venue, the network to it, an operator or the machine does to an engine. A fault strikes once; one that finds nothing to strike at its step waits for the
/// next thing that it can. What its amount means stands at each: milliseconds, or which of several things it picks (counted round).</summary>
public enum FaultKind : byte
{
    None = 0,

    // ---- on the way to the venue
    /// <summary>A command does not arrive.</summary>
    CommandLost = 1,
    /// <summary>A command arrives so many milliseconds late.</summary>
    CommandLate = 2,
    /// <summary>A command arrives twice, the second time so many milliseconds later.</summary>
    CommandDuplicated = 3,
    /// <summary>A command arrives behind the next one (and behind so many milliseconds at most, where none comes).</summary>
    CommandReordered = 4,
    /// <summary>The gateway turns a submission away; the venue never sees it.</summary>
    GatewayReject = 5,
    /// <summary>The gateway takes no more requests: a submission, a cancel, a replacement or a question is turned away.</summary>
    RateLimited = 6,
    /// <summary>A submission is answered as rejected although the venue took it.</summary>
    FalseReject = 7,

    // ---- on the way to the engine
    /// <summary>A report does not arrive.</summary>
    ReportLost = 8,
    /// <summary>A report arrives so many milliseconds late; others overtake it.</summary>
    ReportLate = 9,
    /// <summary>A report arrives twice, the second time so many milliseconds later.</summary>
    ReportDuplicated = 10,
    /// <summary>A report arrives behind the next one (and behind so many milliseconds at most, where none comes).</summary>
    ReportReordered = 11,
    /// <summary>The acknowledgement of an order that lives does not arrive.</summary>
    AcceptanceLost = 12,
    /// <summary>The acknowledgement of an order is held back until a fill of it has arrived, so many milliseconds at most.</summary>
    FillBeforeAcceptance = 13,
    /// <summary>A fill is held back until the end of its order has arrived, so many milliseconds at most.</summary>
    FillAfterEnd = 14,
    /// <summary>A replacement is held back until its order has filled, so many milliseconds at most.</summary>
    FillBeforeReplacement = 15,

    /// <summary>A report arrives, but says nothing that can be used.</summary>
    ReportGarbled = 35,

    // ---- questions
    /// <summary>A query or a snapshot is answered by a failure.</summary>
    QueryFailed = 16,
    /// <summary>A query or a snapshot is not answered.</summary>
    QueryLost = 17,
    /// <summary>The answer to a query was made, then travels for so many milliseconds while reports overtake it.</summary>
    QueryStale = 18,
    /// <summary>The answer to a snapshot was made, then travels for so many milliseconds while reports overtake it.</summary>
    SnapshotStale = 19,
    /// <summary>A snapshot comes without one of the executions that it should repeat: the venue's memory for them is short.</summary>
    SnapshotForgets = 20,

    // ---- behind our back
    /// <summary>The connection is lost for so many milliseconds: what is under way is lost.</summary>
    Disconnect = 21,
    /// <summary>The venue cancels one of our orders.</summary>
    VenueCancel = 22,
    /// <summary>Somebody else trades on our account: an order is placed by other means, which rests or takes.</summary>
    ExternalOrder = 23,
    /// <summary>One of those orders is canceled by other means.</summary>
    ExternalCancel = 24,
    /// <summary>The venue takes one of its executions back.</summary>
    Bust = 25,
    /// <summary>The venue corrects one of its executions.</summary>
    Correction = 26,
    /// <summary>The connection is lost for so many milliseconds, and meanwhile the venue cancels, executes, takes back and corrects.</summary>
    DisconnectWithChanges = 27,

    /// <summary>Somebody else's fill is reported as one of a live order of ours: more than it had left (an even amount) or of the other side (an odd one).</summary>
    FillMisnamed = 36,

    // ---- the market and the machine
    /// <summary>Nothing reaches the engine for so many milliseconds, its own timers included; then everything does at once.</summary>
    Stall = 28,
    /// <summary>The engine's clock jumps ahead by so many milliseconds.</summary>
    ClockJump = 29,
    /// <summary>Trading halts for so many milliseconds.</summary>
    Halt = 30,
    /// <summary>The engine is stopped, rebuilt by replay of what it was fed, and connected again; what was under way to it is lost.</summary>
    Restart = 31,

    // ---- the operator
    /// <summary>A kill switch is turned on, and most times off again so many milliseconds later. The amount also says whose it is (the account's, a strategy's, an instrument's) and whether positions are closed too.</summary>
    Kill = 32,
    /// <summary>The operator lets every strategy go on that an anomaly put into reduce-only.</summary>
    Resume = 33,
    /// <summary>The operator asks for a reconciliation.</summary>
    Reconcile = 34,
}
