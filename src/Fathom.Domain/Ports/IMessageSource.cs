namespace Fathom.Domain.Ports;

/// <summary>Where input messages come from, in the order in which they are to be consumed.</summary>
public interface IMessageSource : IDisposable
{
    /// <summary>Fills the buffer with whole messages and returns the bytes written; 0 at the end.</summary>
    /// <param name="buffer">At least <see cref="Messages.Messages.LengthMax"/> bytes, 8-byte aligned.</param>
    int Read(Span<byte> buffer);
}
