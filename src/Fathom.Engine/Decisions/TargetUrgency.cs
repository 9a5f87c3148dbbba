namespace Fathom.Engine.Decisions;

/// <summary>How hard a target position is worked for.</summary>
public enum TargetUrgency : byte
{
    /// <summary>Market orders, immediate-or-cancel.</summary>
    Immediate = 0,
    /// <summary>A limit order at the other side's best price; what is not filled at once rests there, and is moved when the market leaves it behind.</summary>
    Normal = 1,
    /// <summary>A post-only order at the own side's best price, moved with it.</summary>
    Passive = 2,
}
