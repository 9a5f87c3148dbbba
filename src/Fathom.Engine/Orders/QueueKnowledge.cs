namespace Fathom.Engine.Orders;

/// <summary>How much we know about an order's place in its queue.</summary>
internal enum QueueKnowledge : byte
{
    /// <summary>The venue has not said that the order joined a queue, or the place was lost.</summary>
    None,
    /// <summary>It joined; the tape has not come to that moment yet.</summary>
    Awaited,
    Known,
}
