namespace Fathom.Domain.Messages;

/// <summary>How much a log record matters.</summary>
public enum LogLevel : byte
{
    None = 0,
    /// <summary>For whoever looks for a mistake.</summary>
    Debug = 1,
    /// <summary>What one wants to have read afterwards.</summary>
    Info = 2,
    /// <summary>Something is not as it should be; the strategy goes on.</summary>
    Warning = 3,
    /// <summary>The strategy could not do what it is there for.</summary>
    Error = 4,
}
