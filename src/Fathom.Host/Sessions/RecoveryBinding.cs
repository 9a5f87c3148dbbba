using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Host.Configuration;
using Fathom.Simulation.Costs;

namespace Fathom.Host.Sessions;

/// <summary>Makes options of the section <c>[orders]</c>, and refuses times that contradict each other or the latencies.</summary>
internal static class RecoveryBinding
{
    private const long DayMilliseconds = 86_400_000;
    private const int AttemptsMax = 1_000;

    /// <exception cref="InputException">A value that is none, or one that another makes senseless.</exception>
    public static RecoveryOptions Bind(ConfigSection orders, LatencyModel latency)
    {
        RecoveryOptions usual = new();
        Duration Time(string key, Duration fallback, Duration min) => orders.Duration(key, fallback, min, Duration.FromMilliseconds(DayMilliseconds));
        RecoveryOptions options = new()
        {
            CreationTimeout = Time("creation_timeout", usual.CreationTimeout, new Duration(1)),
            CancelTimeout = Time("cancel_timeout", usual.CancelTimeout, new Duration(1)),
            ReplaceTimeout = Time("replace_timeout", usual.ReplaceTimeout, new Duration(1)),
            QueryTimeout = Time("query_timeout", usual.QueryTimeout, new Duration(1)),
            QueryAttempts = (int)orders.Long("query_attempts", usual.QueryAttempts, min: 1, max: AttemptsMax),
            QueryBackoff = Time("query_backoff", usual.QueryBackoff, new Duration(1)),
            QueryBackoffMax = Time("query_backoff_max", usual.QueryBackoffMax, new Duration(1)),
            CommandLifetime = Time("command_lifetime", usual.CommandLifetime, Duration.Zero),
            GapPatience = Time("gap_patience", usual.GapPatience, Duration.Zero),
            ReconcileAtStart = orders.Bool("reconcile_at_start", usual.ReconcileAtStart),
            ReconcileEvery = Time("reconcile_every", usual.ReconcileEvery, Duration.Zero),
            AnomalyReducesOnly = orders.Bool("anomaly_reduce_only", usual.AnomalyReducesOnly),
        };
        RequireSense(orders, options, latency);
        return options;
    }

    /// <summary>What would let every order time out, or every command be too old, before the venue can have answered.</summary>
    private static void RequireSense(ConfigSection orders, RecoveryOptions options, LatencyModel latency)
    {
        Duration roundTrip = latency.Entry + latency.Response;
        RequireLonger(orders, "creation_timeout", options.CreationTimeout, roundTrip);
        RequireLonger(orders, "cancel_timeout", options.CancelTimeout, roundTrip);
        RequireLonger(orders, "replace_timeout", options.ReplaceTimeout, roundTrip);
        RequireLonger(orders, "query_timeout", options.QueryTimeout, roundTrip);
        if (options.QueryBackoff > options.QueryBackoffMax)
            throw Refuse(orders, "query_backoff", options.QueryBackoff, $"at most orders.query_backoff_max ({options.QueryBackoffMax})", "Make it shorter, or the other longer.");
        if (options.CommandLifetime != Duration.Zero && options.CommandLifetime <= latency.Entry)
            throw Refuse(orders, "command_lifetime", options.CommandLifetime, $"more than venue.entry_latency ({latency.Entry}), or 0s",
                "A shorter one makes every command too old when it arrives; 0s says that commands do not age.");
        if (options.GapPatience < latency.Response)
            throw Refuse(orders, "gap_patience", options.GapPatience, $"at least venue.response_latency ({latency.Response})", $"A report that is on its way is not lost. Write gap_patience = \"{options.GapPatience + latency.Response}\" under [orders], or a shorter latency.");
        if (options.ReconcileEvery != Duration.Zero) RequireLonger(orders, "reconcile_every", options.ReconcileEvery, roundTrip);
    }

    private static void RequireLonger(ConfigSection orders, string key, Duration time, Duration roundTrip)
    {
        if (time > roundTrip) return;
        throw Refuse(orders, key, time, $"more than venue.entry_latency + venue.response_latency ({roundTrip})", $"No answer can come sooner. Write {key} = \"{time + roundTrip}\" under [orders], or shorter latencies.");
    }

    /// <summary>Names the value in force: it may be the default, which a latency that was written makes senseless.</summary>
    private static InputException Refuse(ConfigSection orders, string key, Duration found, string expected, string fix) =>
        orders.Has(key) ? orders.Refuse(key, expected, fix) : new InputException($"orders.{key}", $"{found} (default)", expected, fix);
}
