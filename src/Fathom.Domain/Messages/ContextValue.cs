using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>One value of a strategy's key-value context, as an earlier session left it: 136 bytes. It states no time and comes before the first input that does.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct ContextValue
{
    public MessageHeader Header;
    /// <summary>Number of the strategy in the session that takes it.</summary>
    public ushort Strategy;
    public ContextValueKind Kind;
    private byte _reserved0;
    private uint _reserved1;
    /// <summary>1 to 32 bytes.</summary>
    public NameText Key;
    /// <summary>The number's bits (double, long), 0 or 1 (bool), 0 (text).</summary>
    public long Bits;
    /// <summary>Empty unless the kind is text.</summary>
    public ContextText Text;

    /// <summary>A header that fits: about no instrument and at no time.</summary>
    public static MessageHeader NewHeader() =>
        MessageHeader.Create<ContextValue>(MessageType.ContextValue, source: 0, InstrumentId.None, Timestamp.None, Timestamp.None);
}
