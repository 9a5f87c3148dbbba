using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Host.Replays;

/// <summary>Takes commands and does nothing with them: in a replay the answers are in the recording.</summary>
internal sealed class ClosedVenue : IVenue
{
    public void Send(in OrderCommand command) { }
}
