using System.Runtime.InteropServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>Stands behind the header of everything that the engine puts out. 48 bytes. (Cause, index in step) is every tap's idempotency key.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct OutputHeader
{
    /// <summary>1, 2, 3 … over the run. What only describes it (quotes, positions, equity, what strategies write) has a count of its own.</summary>
    public long Sequence;
    /// <summary>Number of the input in whose step it was made.</summary>
    public long Cause;
    /// <summary>Within that step: 0, 1, 2 …; −1, −2, −3 … of what only describes.</summary>
    public int IndexInStep;
    public ushort Strategy;
    public ushort Account;
    /// <summary>The order, algorithm or want that it comes from.</summary>
    public ClientOrderId Parent;
    private long _reserved;
}
