using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Simulation.Faults;

namespace Fathom.Host.Torture;

/// <summary>What came of schedules, as the one JSON object that <c>--json</c> prints.</summary>
internal static class TortureJson
{
    /// <param name="page">The page that was written; null when none was.</param>
    public static void Write(Utf8JsonWriter json, TortureReport report, string? page)
    {
        TortureCounts counts = report.Result.Counts;
        json.WriteStartObject();
        json.WriteString("what", report.Title);
        json.WriteNumber("schedules", report.Result.Schedules);
        json.WriteNumberOrNull("seconds", report.Seconds);
        json.WriteNumberOrNull("schedules_per_minute", report.SchedulesPerMinute);
        json.WriteBoolean("passed", report.Result.First is null);
        json.WriteNumber("events", counts.Steps);
        json.WriteNumber("inputs", counts.Inputs);
        json.WriteNumber("commands", counts.Commands);
        json.WriteNumber("reports", counts.Reports);
        json.WriteNumber("fills", counts.Fills);
        json.WriteNumber("unknowns", counts.Unknowns);
        json.WriteNumber("queries", counts.Queries);
        json.WriteNumber("snapshots", counts.Snapshots);
        json.WriteNumber("reconciliations", counts.Reconciliations);
        json.WriteNumber("replays", counts.Replays);
        json.WriteNumber("state_changes", counts.StateChanges);
        json.WriteNumber("adjustments", counts.Adjustments);
        json.WriteNumber("liquidation_orders", counts.LiquidationOrders);
        json.WriteNumber("exit_orders", counts.ExitOrders);
        json.WriteNumber("rearms", counts.Rearms);
        WriteCounts(json, "refusals", counts.Refusals.Keys, reason => counts.Refusals[reason], Words.Of);
        WriteCounts(json, "kills", Enum.GetValues<KillCause>().Where(cause => cause != KillCause.None), counts.Kills, Words.Of);
        WriteCounts(json, "faults", FaultNames.All, counts.Faults, FaultNames.Of);
        WriteCounts(json, "anomalies", Enum.GetValues<AnomalyKind>().Where(kind => kind != AnomalyKind.None), counts.Anomalies, Words.Of);
        WriteCounts(json, "differences", Enum.GetValues<DifferenceKind>().Where(kind => kind != DifferenceKind.None), counts.Differences, Words.Of);
        json.WriteStartObject("failures");
        foreach ((string law, long count) in report.Result.FailuresByLaw) json.WriteNumber(law, count);
        json.WriteEndObject();
        WriteFailure(json, report);
        json.WriteString("page", page);
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, TortureReport report)
    {
        if (report.Result.First is not { } failure)
        {
            json.WriteNull("failure");
            return;
        }
        TortureOutcome shown = report.Shown ?? failure;
        json.WriteStartObject("failure");
        json.WriteNumber("seed", failure.Seed);
        json.WriteString("law", failure.Law);
        json.WriteString("schedule", failure.Schedule.ToString());
        json.WriteString("shortest", shown.Schedule.ToString());
        json.WriteNumber("step", shown.Step);
        json.WriteString("time", shown.Time.ToString());
        json.WriteString("detail", shown.Detail);
        json.WriteString("again", report.Again);
        json.WriteEndObject();
    }

    private static void WriteCounts<T>(Utf8JsonWriter json, string name, IEnumerable<T> kinds, Func<T, long> count, Func<T, string> word)
    {
        json.WriteStartObject(name);
        foreach (T kind in kinds) json.WriteNumber(word(kind), count(kind));
        json.WriteEndObject();
    }
}
