using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Scenarios.Simulation;

/// <summary>A source whose definitions get the tick and multiplier that the file does not state.</summary>
internal sealed class TermsSource(IMessageSource inner, decimal tick, decimal multiplier) : IMessageSource
{
    public int Read(Span<byte> buffer)
    {
        int length = inner.Read(buffer);
        for (int at = 0; at < length; at += Messages.Header(buffer[at..]).Length)
        {
            if (Messages.Header(buffer[at..]).Type is not (MessageType.InstrumentDefined or MessageType.InstrumentChanged)) continue;
            ref InstrumentDefinition definition = ref MemoryMarshal.AsRef<InstrumentDefinition>(buffer[at..]);
            definition.Tick = Price.From(tick);
            definition.MultiplierNanos = (long)(multiplier * Price.Scale);
        }
        return length;
    }

    public void Dispose() => inner.Dispose();
}
