using Fathom.Domain.Messages;

namespace Fathom.Domain.Ports;

/// <summary>A venue as the engine's outbox sees it. Answers come back as <see cref="OrderReport"/> messages, never as return values.</summary>
public interface IVenue
{
    /// <summary>Takes a command that was approved; returns at once.</summary>
    void Send(in OrderCommand command);
}
