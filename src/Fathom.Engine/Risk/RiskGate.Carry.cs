using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk;

/// <summary>What a session roll carries of it: approvals given, and what still counts for the order rate.</summary>
public sealed partial class RiskGate
{
    /// <summary>Number of the newest approval.</summary>
    internal long Approvals => _approvals;

    internal void CarryTimes(Timestamp clock, IMessageSink sink)
    {
        ReadOnlySpan<Timestamp> times = Recent is { } recent ? recent.Counting(clock) : [];
        while (!times.IsEmpty)
        {
            int count = Math.Min(times.Length, CarriedTimes.Length);
            CarriedOrderTimes carried = new() { Header = CarryOverBegins.NewHeader<CarriedOrderTimes>(MessageType.CarriedOrderTimes), Count = (ushort)count };
            times[..count].CopyTo(carried.Times);
            sink.Write(Messages.AsBytes(in carried));
            times = times[count..];
        }
    }

    internal void Restore(long approvals) => _approvals = approvals;

    /// <summary>Of more than the limit asks about the newest are kept; without a limit none.</summary>
    internal void Restore(in CarriedOrderTimes carried)
    {
        if (Recent is not { } recent) return;
        ReadOnlySpan<Timestamp> times = carried.Times;
        foreach (Timestamp time in times[..Math.Min(carried.Count, times.Length)]) recent.Note(time);
    }
}
