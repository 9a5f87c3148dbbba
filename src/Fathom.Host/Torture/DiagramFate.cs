namespace Fathom.Host.Torture;

/// <summary>What became of a message on its way.</summary>
public enum DiagramFate : byte
{
    Arrives,
    Lost,
    Duplicate,
    Delayed,
    /// <summary>Made on the way: it does not come from whom it seems to.</summary>
    Forged,
}
