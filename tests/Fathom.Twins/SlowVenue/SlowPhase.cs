namespace Fathom.Twins.SlowVenue;

/// <summary>Where an order of ours is in its life.</summary>
internal enum SlowPhase { New, Dormant, Waiting, Entering, InBook, Over }
