namespace Fathom.Twins.SlowVenue;

/// <summary>What happens without our asking.</summary>
public enum SlowActKind { CancelByVenue, CancelExternal, PlaceExternal, Bust, Correct }
