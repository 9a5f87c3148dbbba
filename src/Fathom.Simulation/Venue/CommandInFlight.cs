using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>A command on its way to the venue.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CommandInFlight
{
    /// <summary>When it reaches the venue.</summary>
    public Timestamp Arrival;
    public OrderCommand Command;
}
