using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A point of a strategy's own curve, at the engine's clock: 112 bytes. Published at once, in the middle of the callback.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct PlotEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    /// <summary>Of the curve; cut where it was longer than 32 bytes.</summary>
    public NameText Name;
    /// <summary>Finite.</summary>
    public double Value;
}
