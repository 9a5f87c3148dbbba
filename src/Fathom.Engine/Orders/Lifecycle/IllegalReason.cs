namespace Fathom.Engine.Orders.Lifecycle;

/// <summary>Why something cannot happen to an order in its state. What the venue says all the same is an anomaly and not an error; what we would do all the same is not done.</summary>
public enum IllegalReason : byte
{
    None = 0,
    /// <summary>The venue has not been sent the order: it can say nothing of it, and nothing can be asked of it.</summary>
    NotSent = 1,
    /// <summary>We do not hold the order: no condition of it is watched here, and it cannot end here.</summary>
    NotHeld = 2,
    /// <summary>It has happened to the order already, and happens once.</summary>
    AlreadyDone = 3,
    /// <summary>The order was sent: only the venue can end it.</summary>
    AlreadySent = 4,
    /// <summary>The venue has not said that it has the order: there is nothing to replace yet.</summary>
    NotAcknowledged = 5,
    /// <summary>A request of ours about the order is not answered: no second one goes beside it.</summary>
    RequestOpen = 6,
    /// <summary>Only the venue knows what the order is: nothing is built on a guess.</summary>
    InDoubt = 7,
    /// <summary>It answers a request that was not sent, or that was answered before.</summary>
    NeverAsked = 8,
    /// <summary>The request that it answers lost the race to the order's end. Nothing is wrong.</summary>
    LostRace = 9,
    /// <summary>The order is over. An execution moves the position all the same.</summary>
    AlreadyOver = 10,
    /// <summary>No order is ever in that state.</summary>
    NotAnOrder = 11,
}
