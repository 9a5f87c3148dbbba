namespace Fathom.Engine.Orders.Lifecycle;

/// <summary>Everything that can happen to an order and that its life depends on. What <see cref="OrderLifecycle"/> does not know of, such as a new price of an order that we hold, moves no order from one state to another.</summary>
public enum OrderInput : byte
{
    None = 0,

    // ---- what we do

    /// <summary>It was judged by its terms and stays here until its condition is met.</summary>
    Hold = 1,
    /// <summary>It was approved and leaves for the venue.</summary>
    Send = 2,
    /// <summary>Our risk gate said no: it does not leave.</summary>
    Refuse = 3,
    /// <summary>The condition of an order that we hold was met here.</summary>
    Trigger = 4,
    /// <summary>An order that we hold is withdrawn; the venue never hears of it.</summary>
    CancelHere = 5,
    /// <summary>The time of an order that we hold is up; the venue never hears of it.</summary>
    ExpireHere = 6,
    /// <summary>A cancel leaves for the venue.</summary>
    SendCancel = 7,
    /// <summary>A replacement leaves for the venue.</summary>
    SendReplace = 8,

    // ---- what the venue reports

    /// <summary>The venue has the order.</summary>
    Accepted = 9,
    /// <summary>The venue does not take the order.</summary>
    Rejected = 10,
    /// <summary>A new execution that leaves something to fill.</summary>
    PartFill = 11,
    /// <summary>What is filled has reached the quantity: by a new execution, or because a replacement brought the quantity down to it. While a larger replacement is unanswered, the larger quantity counts.</summary>
    LastFill = 12,
    /// <summary>The venue ended the order, asked or not.</summary>
    Canceled = 13,
    /// <summary>Our cancel did nothing: the venue says so, or the order lives past the time until which the cancel was valid.</summary>
    CancelRejected = 14,
    /// <summary>The order's time is up: the venue says so, or it canceled the order because we asked when its time was up.</summary>
    Expired = 15,
    /// <summary>Our replacement took place.</summary>
    Replaced = 16,
    /// <summary>Our replacement did not take place: the venue says so, or the order lives as it was past the time until which the replacement was valid.</summary>
    ReplaceRejected = 17,
    /// <summary>The venue changed the order of its own accord: its list or its position became smaller.</summary>
    Restated = 18,
    /// <summary>The order's condition was met at the venue.</summary>
    TriggeredThere = 19,

    // ---- what makes us doubt, and what the venue answers when it is asked

    /// <summary>An answer did not come in time, the connection is gone, or reports are missing.</summary>
    Doubt = 20,
    /// <summary>Asked, the venue has the order as live.</summary>
    FoundLive = 21,
    /// <summary>Asked, the venue has the order as filled.</summary>
    FoundFilled = 22,
    /// <summary>Asked, the venue has the order as canceled.</summary>
    FoundCanceled = 23,
    /// <summary>Asked, the venue has the order as expired.</summary>
    FoundExpired = 24,
    /// <summary>Asked, the venue has the order as rejected.</summary>
    FoundRejected = 25,
    /// <summary>Asked, the venue does not have the order, and it is too late for it to arrive there.</summary>
    FoundMissing = 26,
}
