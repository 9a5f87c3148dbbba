using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>What all parts of a run look at: the time, the faults that are to strike, and who is told.</summary>
internal sealed class TortureState(FaultSchedule schedule, ITortureTrace? trace)
{
    private long _flights;

    public long Step { get; set; }

    /// <summary>The true time, which is the venue's.</summary>
    public Timestamp Now { get; set; } = Timestamp.Earliest;

    /// <summary>How far the engine's clock is ahead of it.</summary>
    public Duration Skew { get; set; }

    public PendingFaults Faults { get; } = new(schedule.Faults);

    public TortureCounts Counts { get; } = new() { Runs = 1 };

    /// <summary>The law that was broken first, and how; null while all hold.</summary>
    public (string Law, string Detail)? Broken { get; private set; }

    public long NextFlight() => ++_flights;

    /// <summary>The oldest pending fault of these kinds strikes now, if there is one.</summary>
    public bool TryStrike(FaultKinds kinds, out Fault fault)
    {
        if (!Faults.TryTake(kinds, out fault)) return false;
        NoteStruck(fault);
        return true;
    }

    public void NoteStruck(in Fault fault)
    {
        Counts.Count(fault.Kind);
        trace?.OnFault(Step, Now, in fault);
    }

    public void Break(string law, string detail)
    {
        if (Broken is not null) return;
        Broken = (law, detail);
        trace?.OnBroken(Step, Now, law, detail);
    }

    public void Tell(Flight flight, TraceFate fate, TracePlace to)
    {
        if (trace is null) return;
        bool isGone = fate is TraceFate.Lost;
        TraceEntry entry = new(Step, Now, flight.Number, fate, flight.From, to, isGone ? Timestamp.None : flight.Due, flight.Fault);
        for (int at = 0; at < flight.Bytes.Length;)
        {
            int length = Domain.Messages.Messages.Header(flight.Bytes.AsSpan(at)).Length;
            trace.OnMessage(in entry, flight.Bytes.AsSpan(at, length));
            at += length;
        }
    }

    /// <summary>A message that does not travel.</summary>
    public void Tell(TracePlace from, TracePlace to, ReadOnlySpan<byte> message) =>
        trace?.OnMessage(new TraceEntry(Step, Now, 0, TraceFate.Arrived, from, to, Now, FaultKind.None), message);
}
