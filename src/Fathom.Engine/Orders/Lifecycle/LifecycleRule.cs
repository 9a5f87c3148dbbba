namespace Fathom.Engine.Orders.Lifecycle;

/// <summary>How the next status is found where it depends on what is known of the order.</summary>
internal enum LifecycleRule : byte
{
    /// <summary>The state stays as it is.</summary>
    Same = 0,
    /// <summary>Stays as it is when the request that this answers is open; else nobody asked.</summary>
    SameIfAsked = 1,
    /// <summary>What the order is by all that is known of it: PendingCancel while a cancel is on its way, else PendingReplace while a replacement is, else PartiallyFilled, Triggered, Open or PendingNew by what the venue has said.</summary>
    Standing = 2,
    /// <summary>CanceledAfterPartialFill when something was filled, else Canceled.</summary>
    Ended = 3,
    /// <summary>Unknown when the venue has accepted, triggered or filled the order before: it contradicts itself, so it is asked. Else Rejected.</summary>
    RejectedOrDoubt = 4,
    /// <summary>CanceledAfterPartialFill when something was filled: what did not fill is over, and that is no rejection of the whole. Else Rejected.</summary>
    RejectedOrEnded = 5,
    /// <summary>Canceled or CanceledAfterPartialFill when the venue has accepted, triggered or filled the order before: it had it, and no longer says how it ended. Else Failed.</summary>
    FailedOrEnded = 6,
}
