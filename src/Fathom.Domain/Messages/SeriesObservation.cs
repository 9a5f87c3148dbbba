using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>One point of a series (<see cref="MessageType.SeriesPoint"/>): 192 bytes. Its event time is the time that the numbers are about, before or after the engine's clock; its receive time is
/// when they became known, and so when it takes effect.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct SeriesObservation
{
    public MessageHeader Header;
    /// <summary>The series' number in its definition.</summary>
    public ushort Series;
    private ushort _reserved0;
    private uint _reserved1;
    /// <summary>What the numbers are of, such as a symbol; empty where the series has one subject.</summary>
    public NameText Key;
    /// <summary>As many as the definition names, the others zero; NaN = missing.</summary>
    public SeriesValues Values;
}
