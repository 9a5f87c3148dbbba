namespace Fathom.Domain.Messages;

/// <summary>What an operator can ask for.</summary>
public enum OperatorAction : byte
{
    None = 0,
    /// <summary>Turn the kill switch on: live orders are canceled and nothing but cancels leaves.</summary>
    Kill = 1,
    /// <summary>Turn it off again.</summary>
    Rearm = 2,
}
