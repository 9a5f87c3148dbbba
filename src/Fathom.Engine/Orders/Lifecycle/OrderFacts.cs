namespace Fathom.Engine.Orders.Lifecycle;

/// <summary>What is known of an order besides its status: enough to say what it falls back to when a request of ours is answered. <see cref="OrderLifecycle"/> keeps them.</summary>
[Flags]
public enum OrderFacts : byte
{
    None = 0,
    /// <summary>Something of it was filled.</summary>
    HasFilled = 1,
    /// <summary>The venue said that it has the order.</summary>
    IsAccepted = 2,
    /// <summary>The venue said that the order's condition was met.</summary>
    IsTriggered = 4,
    /// <summary>A replacement was sent and not answered.</summary>
    IsReplaceOpen = 8,
    /// <summary>A cancel was sent and not answered.</summary>
    IsCancelOpen = 16,
    /// <summary>We hold it; the venue has not seen it. Tells an order whose condition was met here from one whose condition was met at the venue.</summary>
    IsHere = 32,
}
