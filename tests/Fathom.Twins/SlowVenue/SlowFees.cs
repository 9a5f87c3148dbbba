namespace Fathom.Twins.SlowVenue;

/// <summary>What the slow venue charges for a fill, in the units of the instrument's settlement currency.</summary>
public sealed record SlowFees(decimal MakerBps, decimal TakerBps, decimal PerContract);
