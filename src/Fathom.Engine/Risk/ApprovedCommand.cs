using Fathom.Domain.Messages;

namespace Fathom.Engine.Risk;

/// <summary>A command that risk judged in the step in which it leaves. Made in exactly one place, <see cref="RiskGate"/>; the outbox takes nothing
/// else, and checks the running number, so that neither <c>default</c> nor an approval used twice gets out.</summary>
public readonly struct ApprovedCommand
{
    internal ApprovedCommand(in OrderCommand command) => Command = command;

    /// <summary>1, 2, 3 … over the run; 0 was never approved.</summary>
    public long Number => Command.Approval;

    internal OrderCommand Command { get; }
}
