using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>How the tape's book was before a message, as far as judging the message needs it afterwards.</summary>
internal struct BookBefore
{
    /// <summary>What joins by the message has this arrival or a later one.</summary>
    public uint NextArrival;

    /// <summary>Of a fill: its order rested.</summary>
    public bool IsHit;
    public RestingOrder Hit;

    /// <summary>The message may make the book give all arrivals anew.</summary>
    public bool IsNearRenumbering;
    public int ArrivalEpoch;
}
