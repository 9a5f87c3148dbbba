namespace Fathom.Engine.Decisions;

/// <summary>A moment that every trading session has.</summary>
public enum SessionPoint : byte
{
    /// <summary>No moment: the value that means "not stated".</summary>
    None = 0,
    /// <summary>Its first.</summary>
    Open,
    /// <summary>Its last, which no longer belongs to it.</summary>
    Close,
}
