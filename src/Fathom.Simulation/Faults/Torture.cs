namespace Fathom.Simulation.Faults;

/// <summary>Runs an engine with its strategies against a hostile venue and judges it by laws.</summary>
public static class Torture
{
    /// <summary>Runs one schedule to its end, or to the first law that is broken.</summary>
    public static TortureOutcome Run(TortureSetup setup, FaultSchedule schedule, ITortureTrace? trace = null)
    {
        using TortureRun run = new(setup, schedule, trace);
        return run.ToEnd();
    }
}
