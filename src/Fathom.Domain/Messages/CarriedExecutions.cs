using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>Executions of a venue (the header's source) that were booked, as a carry-over has them: 1,072 bytes. A venue that has more than fit has several.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CarriedExecutions
{
    public MessageHeader Header;
    /// <summary>Of ids that are numbers, all up to here.</summary>
    public ulong AllUpTo;
    /// <summary>How many of <see cref="Others"/> are stated.</summary>
    public ushort Count;
    /// <summary>1: they were changed before they came, and <see cref="ReportNumber"/> is that of the change; 0: they were booked.</summary>
    public ushort AreOvertaken;
    private uint _reserved1;
    /// <summary>Number of the newest of its reports up to which all have come; 0 where it does not number them.</summary>
    public long ReportNumber;
    /// <summary>Ids beyond that, in ascending order.</summary>
    public CarriedExecutionIds Others;
}
