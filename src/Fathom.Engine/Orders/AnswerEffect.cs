namespace Fathom.Engine.Orders;

/// <summary>What an order made of a venue's word about it.</summary>
internal enum AnswerEffect : byte
{
    /// <summary>It holds.</summary>
    Taken = 0,
    /// <summary>The order has taken a newer one: nothing changed.</summary>
    Older = 1,
    /// <summary>It is not possible in the order's state: the venue is asked.</summary>
    Illegal = 2,
    /// <summary>It does not settle everything: the venue is to be asked again.</summary>
    Inconclusive = 3,
}
