using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A strategy's remark about a moment: 336 bytes. Published at once, in the middle of the callback.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct AnnotationEvent
{
    public MessageHeader Header;
    public OutputHeader Output;
    /// <summary>Mid of the header's instrument at that moment, half to even in units of 1e-9. None without an instrument, and while its book has not two sides, is crossed or stale.</summary>
    public Price Mid;
    public NoteText Text;
}
