namespace Fathom.Engine.Portfolio.Margin;

/// <summary>Of which notional maintenance margin is a part.</summary>
public enum MaintenanceBasis : byte
{
    /// <summary>What the position is worth at the mark.</summary>
    Mark = 0,
    /// <summary>What it was worth when it was entered.</summary>
    Entry = 1,
}
