using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>What happens to one message.</summary>
/// <param name="Step">Number of the run's event.</param>
/// <param name="Time">The true time, which is the venue's.</param>
/// <param name="Flight">The same number of one message from its leaving to its arrival; 0 of one that does not travel (market data at the venue, timers). A duplicate has its own.</param>
/// <param name="Fate">What happens to it here.</param>
/// <param name="From">Where it comes from.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Due">When it will arrive; None where it will not, or where nobody knows yet.</param>
/// <param name="Fault">What struck it; None where nothing did.</param>
public readonly record struct TraceEntry(long Step, Timestamp Time, long Flight, TraceFate Fate, TracePlace From, TracePlace To, Timestamp Due, FaultKind Fault);
