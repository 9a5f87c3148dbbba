using Fathom.Domain.Messages;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>A command that a test changes before it is sent.</summary>
internal sealed class OrderCommandBox
{
    public OrderCommand Command;
}
