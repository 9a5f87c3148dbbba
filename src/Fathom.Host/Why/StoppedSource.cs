using Fathom.Domain.Ports;

namespace Fathom.Host.Why;

/// <summary>Market data that ends the run when enough is known: looked at whenever more of it is read.</summary>
internal sealed class StoppedSource(IMessageSource source, Func<bool> isEnough) : IMessageSource
{
    public int Read(Span<byte> buffer) => isEnough() ? throw new EnoughException() : source.Read(buffer);

    public void Dispose() => source.Dispose();

    /// <summary>Nothing is wrong: there is nothing left to find out.</summary>
    public sealed class EnoughException : Exception;
}
