namespace Fathom.Domain.Messages;

/// <summary>Why the venue was asked for all that it has of ours.</summary>
public enum ReconciliationTrigger : byte
{
    None = 0,
    /// <summary>The engine starts.</summary>
    Start = 1,
    /// <summary>The connection was made again.</summary>
    Reconnect = 2,
    /// <summary>The interval is over.</summary>
    Timer = 3,
    /// <summary>An operator asked for it.</summary>
    Operator = 4,
    /// <summary>Reports are missing by their numbers, or an order could not be settled by asking about it.</summary>
    Doubt = 5,
}
