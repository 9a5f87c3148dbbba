using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>What a person at the controls asks for: 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct OperatorCommand
{
    public MessageHeader Header;
    public OperatorAction Action;
    private byte _reserved0;
    private ushort _reserved1;
    private uint _reserved2;
}
