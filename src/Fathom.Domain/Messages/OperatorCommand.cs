using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>What a person at the controls asks for: 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct OperatorCommand
{
    /// <summary>In <see cref="Strategy"/>: all of them.</summary>
    public const ushort AllStrategies = ushort.MaxValue;

    public MessageHeader Header;
    public OperatorAction Action;
    private byte _reserved0;
    /// <summary>Number of the strategy that it is about, or <see cref="AllStrategies"/>.</summary>
    public ushort Strategy;
    private uint _reserved2;
}
