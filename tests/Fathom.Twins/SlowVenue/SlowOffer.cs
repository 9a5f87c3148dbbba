namespace Fathom.Twins.SlowVenue;

/// <summary>Something that an order which takes meets on its way.</summary>
/// <param name="Order">The tape's order; null for quantity that came as a level, and for an order of our own.</param>
/// <param name="IsOwn">It is an order of our own.</param>
internal sealed record SlowOffer(long Price, TapeOrder? Order, bool IsOwn = false);
