namespace Fathom.Domain.Messages;

/// <summary>How close a position, a strategy or the account is to what it may bear. In order: a larger one is worse.</summary>
public enum PositionState : byte
{
    Normal = 0,
    /// <summary>What makes a position larger is allowed smaller and more cautious.</summary>
    Warning = 1,
    /// <summary>Positions may only be reduced.</summary>
    Critical = 2,
    /// <summary>As critical; by configuration what is too much is closed.</summary>
    OverLimit = 3,
}
