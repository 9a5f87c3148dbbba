namespace Fathom.Simulation.Faults;

/// <summary>Makes a schedule that breaks a law as short as it can while the same law stays broken.</summary>
public static class Shrinker
{
    /// <summary>Most runs that one shrinking takes.</summary>
    public const int RunsMax = 2_000;

    /// <param name="outcome">Of the schedule on the setup; it did not pass.</param>
    /// <returns>None of its faults can be left out, and no amount or stretch of market halved, without the law holding (as far as <see cref="RunsMax"/> lets it look).</returns>
    public static FaultSchedule Shrink(TortureSetup setup, FaultSchedule schedule, TortureOutcome outcome) =>
        Shrink(schedule, outcome.Law ?? throw new ArgumentException("Only a schedule that breaks a law can be shrunk.", nameof(outcome)),
            candidate => Torture.Run(setup, candidate));

    /// <param name="run">What comes of a schedule.</param>
    public static FaultSchedule Shrink(FaultSchedule schedule, string law, Func<FaultSchedule, TortureOutcome> run) => new Shrinking(law, run).Shrink(schedule);
}
