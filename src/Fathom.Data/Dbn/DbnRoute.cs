using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn;

/// <summary>What a (publisher, venue number) is translated to while the receive time is in [From, From + Span). Zero span = must be resolved.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DbnRoute
{
    /// <summary>Bytes 2 to 7 of a record: publisher in the low 16 bits, the venue's number above. <see cref="ulong.MaxValue"/> = free place.</summary>
    public ulong Key;
    public long From;
    public ulong Span;
    /// <summary>Dense id; negative = not wanted.</summary>
    public int Instrument;
}
