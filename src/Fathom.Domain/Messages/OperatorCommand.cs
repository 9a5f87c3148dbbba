using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>What a person at the controls asks for: 288 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct OperatorCommand
{
    /// <summary>In <see cref="Strategy"/>: all of them.</summary>
    public const ushort AllStrategies = ushort.MaxValue;

    /// <summary>Its instrument is the one that a kill switch is about; None: all.</summary>
    public MessageHeader Header;
    public OperatorAction Action;
    /// <summary>1 with <see cref="OperatorAction.Kill"/>: positions are closed too.</summary>
    public byte Flattens;
    /// <summary>Number of the strategy that it is about, or <see cref="AllStrategies"/>.</summary>
    public ushort Strategy;
    private uint _reserved0;
    /// <summary>Why, in whole words. A kill switch is not turned off without one.</summary>
    public NoteText Reason;
}
