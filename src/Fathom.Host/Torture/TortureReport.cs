using Fathom.Simulation.Faults;

namespace Fathom.Host.Torture;

/// <summary>All that is said of schedules that were run.</summary>
/// <param name="Title">What was run.</param>
/// <param name="Seconds">How long it took, without the search for a short schedule.</param>
/// <param name="Shown">What came of the schedule that is shown: the shortest that fails, or the one that was asked for; null when there is neither.</param>
/// <param name="Trace">What happened in it.</param>
/// <param name="Again">The command that runs it again.</param>
public sealed record TortureReport(string Title, SweepResult Result, double Seconds, TortureOutcome? Shown, TraceRecorder? Trace, string? Again)
{
    public double SchedulesPerMinute => Result.Schedules / Math.Max(Seconds, 1e-6) * 60;
}
