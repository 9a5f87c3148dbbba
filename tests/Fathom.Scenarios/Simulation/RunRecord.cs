using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Twins.SlowVenue;

namespace Fathom.Scenarios.Simulation;

/// <summary>Remembers the commands of a run as they reach the venue, and its fills.</summary>
internal sealed class RunRecord(Duration entry) : IRunObserver
{
    public List<SlowCommand> Commands { get; } = [];
    public List<FillEvent> Fills { get; } = [];

    public void OnCommand(in OrderCommand command) => Commands.Add(new SlowCommand(command.Header.EventTime + entry, command));
    public void OnFill(in FillEvent fill) => Fills.Add(fill);
}
