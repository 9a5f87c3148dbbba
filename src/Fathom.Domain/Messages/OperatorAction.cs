namespace Fathom.Domain.Messages;

/// <summary>What an operator can ask for.</summary>
public enum OperatorAction : byte
{
    None = 0,
    /// <summary>Turn a kill switch on, of the account, a strategy or an instrument: live orders are canceled, nothing but cancels (and what closes positions, where that is asked for) leaves.</summary>
    Kill = 1,
    /// <summary>Turn it off again, for a reason that is stated.</summary>
    Rearm = 2,
    /// <summary>Ask the venue for all that it has of ours, and settle every difference.</summary>
    Reconcile = 3,
    /// <summary>Let a strategy (or all: <see cref="OperatorCommand.AllStrategies"/>) that an anomaly put into reduce-only trade again.</summary>
    Resume = 4,
}
