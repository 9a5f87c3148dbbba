using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>Stands behind the header of everything that the engine puts out. 48 bytes. (Cause, index in step) is every tap's idempotency key.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct OutputHeader
{
    /// <summary>1, 2, 3 … over the run.</summary>
    public long Sequence;
    /// <summary>Number of the input in whose step it was made.</summary>
    public long Cause;
    /// <summary>0, 1, 2 … within that step.</summary>
    public int IndexInStep;
    public ushort Strategy;
    public ushort Account;
    /// <summary>The order, algorithm or want that it comes from.</summary>
    public ClientOrderId Parent;
    private long _reserved;
}
