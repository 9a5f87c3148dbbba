using Fathom.Domain.Values;
using Fathom.Simulation.Driver;

namespace Fathom.Host.Replays;

/// <summary>What a run's driver did, as facts of a recording: a replay has no driver, and its summary says what the run's said.</summary>
internal static class DriverFacts
{
    public static IReadOnlyList<KeyValuePair<string, long>> Of(DriverSummary driver) =>
    [
        new("driver.messages", driver.Messages),
        new("driver.reports", driver.Reports),
        new("driver.timers", driver.Timers),
        new("driver.end", driver.End.Nanos),
        new("driver.look_ahead_max", driver.LookAheadMax),
        new("driver.look_ahead_stops", driver.LookAheadStops),
        new("driver.live_orders", driver.LiveOrders),
        new("driver.pending_commands", driver.PendingCommands),
        new("driver.pending_reports", driver.PendingReports),
    ];

    /// <summary>What is not among the facts is 0.</summary>
    public static DriverSummary From(IReadOnlyList<KeyValuePair<string, long>> facts)
    {
        long Fact(string name) => facts.FirstOrDefault(fact => fact.Key == name).Value;
        return new DriverSummary
        {
            Messages = Fact("driver.messages"),
            Reports = Fact("driver.reports"),
            Timers = Fact("driver.timers"),
            End = new Timestamp(Fact("driver.end")),
            LookAheadMax = Fact("driver.look_ahead_max"),
            LookAheadStops = Fact("driver.look_ahead_stops"),
            LiveOrders = (int)Fact("driver.live_orders"),
            PendingCommands = (int)Fact("driver.pending_commands"),
            PendingReports = (int)Fact("driver.pending_reports"),
        };
    }
}
