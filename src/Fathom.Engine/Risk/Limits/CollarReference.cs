namespace Fathom.Engine.Risk.Limits;

/// <summary>From which price a collar is measured.</summary>
public enum CollarReference : byte
{
    /// <summary>The last good mid.</summary>
    Mid = 0,
    /// <summary>The last public trade.</summary>
    Last = 1,
    /// <summary>The last good mid before the current UTC day.</summary>
    Close = 2,
}
