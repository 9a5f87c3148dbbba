using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>A series of numbers from elsewhere (sentiment, weather, a signal of another program): its name and the names of its values. Comes before the first
/// of its points and states no time (<see cref="MessageType.SeriesDefined"/>): 576 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct SeriesDefinition
{
    public MessageHeader Header;
    /// <summary>0, 1, 2 … in the order of the definitions.</summary>
    public ushort Series;
    /// <summary>1 to 16: how many of <see cref="ValueNames"/> are stated.</summary>
    public byte ValueCount;
    private byte _reserved0;
    private uint _reserved1;
    /// <summary>Not empty, and no other series has it.</summary>
    public NameText Name;
    public SeriesNames ValueNames;
}
