using Fathom.Simulation.Faults;

namespace Fathom.Host.Torture;

/// <summary>What came of many schedules.</summary>
/// <param name="Schedules">How many were run; when it stopped at a failure, up to and with that one.</param>
/// <param name="Counts">What happened in all of them together.</param>
/// <param name="First">The failure of the lowest seed; null when all laws held.</param>
/// <param name="FailuresByLaw">How many schedules broke which law.</param>
public sealed record SweepResult(long Schedules, TortureCounts Counts, TortureOutcome? First, IReadOnlyDictionary<string, long> FailuresByLaw)
{
    public long Failures => FailuresByLaw.Values.Sum();
}
