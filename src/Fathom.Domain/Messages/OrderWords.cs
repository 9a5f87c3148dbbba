namespace Fathom.Domain.Messages;

/// <summary>What an order command asks for: to submit, cancel or replace an order; to be told how the venue has it (query); to be told all that the venue has of ours (snapshot).</summary>
public enum CommandKind : byte { None = 0, Submit = 1, Cancel = 2, Replace = 3, Query = 4, Snapshot = 5 }

/// <summary>FIX 40.</summary>
public enum OrderType : byte { None = 0, Market = 1, Limit = 2, Stop = 3, StopLimit = 4, Trailing = 5, AtOpen = 6, AtClose = 7 }

/// <summary>FIX 59.</summary>
public enum TimeInForce : byte { None = 0, Day = 1, GoodTillCancel = 2, GoodTillDate = 3, ImmediateOrCancel = 4, FillOrKill = 5 }

/// <summary>Which position an order works on, at venues that keep both directions apart.</summary>
public enum PositionSide : byte { Net = 0, Long = 1, Short = 2 }

/// <summary>How orders of one list depend on each other.</summary>
public enum Contingency : byte { None = 0, OneCancelsOther = 1, OneTriggersOther = 2, OneUpdatesOther = 3 }

/// <summary>Which price triggers a stop.</summary>
public enum TriggerSource : byte { None = 0, Last = 1, BidAsk = 2, Mark = 3, Index = 4 }

/// <summary>What an order insists on.</summary>
[Flags]
public enum OrderFlags : byte { None = 0, PostOnly = 1, ReduceOnly = 2 }

/// <summary>Whether a fill gave liquidity or took it.</summary>
public enum Liquidity : byte { None = 0, Maker = 1, Taker = 2 }

/// <summary>What a venue says of an order.</summary>
public enum ReportKind : byte { None = 0, Accepted = 1, Rejected = 2, Filled = 3, Canceled = 4, CancelRejected = 5, Expired = 6, Replaced = 7, ReplaceRejected = 8, Triggered = 9 }

/// <summary>Where an order is in its life (FIX 39). Values from <see cref="Filled"/> on are terminal.</summary>
public enum OrderStatus : byte
{
    None = 0,
    /// <summary>Sent; the venue has not answered.</summary>
    PendingNew = 1,
    Open = 2,
    /// <summary>Live with a part done.</summary>
    PartiallyFilled = 3,
    /// <summary>A cancel was sent; the venue has not answered. The order can still fill.</summary>
    PendingCancel = 4,
    /// <summary>A replacement was sent; the venue has not answered. The order can still fill as it was.</summary>
    PendingReplace = 5,
    /// <summary>Kept by us until its condition is met: the venue has not seen it.</summary>
    Held = 6,
    /// <summary>Its condition was met at the venue: it is an order like any other from here on.</summary>
    Triggered = 7,
    /// <summary>Wanted; judged next, in the same step.</summary>
    Created = 8,
    /// <summary>A request was not answered in time, or something was lost: what the order is only the venue knows, and it is asked. It can still fill.</summary>
    Unknown = 9,

    Filled = 16,
    Canceled = 17,
    CanceledAfterPartialFill = 18,
    /// <summary>The venue said no.</summary>
    Rejected = 19,
    /// <summary>Our own risk gate said no: the venue never saw it.</summary>
    Refused = 20,
    Expired = 21,
    /// <summary>The venue never had it, and can no longer get it.</summary>
    Failed = 22,
}

/// <summary>What a status means for an order's life.</summary>
public static class OrderStatuses
{
    /// <summary>Nothing more is expected of the order.</summary>
    public static bool IsTerminal(this OrderStatus status) => status >= OrderStatus.Filled;
}

/// <summary>What types of orders have in common.</summary>
public static class OrderTypes
{
    /// <summary>It waits for a trigger before it enters the book.</summary>
    public static bool HasTrigger(this OrderType type) => type is OrderType.Stop or OrderType.StopLimit or OrderType.Trailing;
}

/// <summary>What times in force have in common.</summary>
public static class TimesInForce
{
    /// <summary>What is not filled at once ends.</summary>
    public static bool IsImmediate(this TimeInForce time) => time is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;
}
