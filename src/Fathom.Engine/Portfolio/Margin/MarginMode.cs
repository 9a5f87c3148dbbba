namespace Fathom.Engine.Portfolio.Margin;

/// <summary>What stands behind a position that loses.</summary>
public enum MarginMode : byte
{
    /// <summary>All of the account's equity.</summary>
    Cross = 0,
    /// <summary>Its own initial margin, and nothing else.</summary>
    Isolated = 1,
}
