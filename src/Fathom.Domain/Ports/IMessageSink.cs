namespace Fathom.Domain.Ports;

/// <summary>Where messages go.</summary>
public interface IMessageSink
{
    /// <param name="messages">Whole messages, back to back; valid only during the call.</param>
    void Write(ReadOnlySpan<byte> messages);
}
