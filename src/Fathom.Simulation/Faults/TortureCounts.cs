using Fathom.Domain.Messages;

namespace Fathom.Simulation.Faults;

/// <summary>How much happened in one run, or in many together.</summary>
public sealed class TortureCounts
{
    private readonly long[] _faults = new long[Enum.GetValues<FaultKind>().Length];
    private readonly long[] _anomalies = new long[Enum.GetValues<AnomalyKind>().Length];
    private readonly long[] _differences = new long[Enum.GetValues<DifferenceKind>().Length];
    private readonly long[] _kills = new long[Enum.GetValues<KillCause>().Length];
    private readonly SortedDictionary<ReasonCode, long> _refusals = [];

    /// <summary>Runs that are counted together.</summary>
    public long Runs { get; internal set; }
    /// <summary>Events of the runs: messages that arrive somewhere, times that come, what an operator does.</summary>
    public long Steps { get; internal set; }
    /// <summary>Inputs of the engine.</summary>
    public long Inputs { get; internal set; }
    /// <summary>Submissions, cancels and replacements that left the engine.</summary>
    public long Commands { get; internal set; }
    /// <summary>Reports that reached the engine.</summary>
    public long Reports { get; internal set; }
    /// <summary>Executions that the engine booked.</summary>
    public long Fills { get; internal set; }
    /// <summary>Questions about one order.</summary>
    public long Queries { get; internal set; }
    /// <summary>Questions about everything.</summary>
    public long Snapshots { get; internal set; }
    /// <summary>How often an order became unknown.</summary>
    public long Unknowns { get; internal set; }
    /// <summary>Reconciliations that were done.</summary>
    public long Reconciliations { get; internal set; }
    /// <summary>Engines that were rebuilt by replay.</summary>
    public long Replays { get; internal set; }

    /// <summary>Changes of a state of risk.</summary>
    public long StateChanges { get; internal set; }
    /// <summary>Wants that risk made smaller or more cautious.</summary>
    public long Adjustments { get; internal set; }
    /// <summary>Orders of emergency liquidations.</summary>
    public long LiquidationOrders { get; internal set; }
    /// <summary>Orders of stops, take profits and the like that the engine keeps.</summary>
    public long ExitOrders { get; internal set; }
    /// <summary>Kill switches that were turned off again.</summary>
    public long Rearms { get; internal set; }

    /// <summary>How often kill switches were turned on.</summary>
    public long Kills(KillCause cause) => _kills[(int)cause];

    /// <summary>What the engine refused, by reason.</summary>
    public IReadOnlyDictionary<ReasonCode, long> Refusals => _refusals;

    /// <summary>How often faults of a kind struck.</summary>
    public long Faults(FaultKind kind) => _faults[(int)kind];

    public long Anomalies(AnomalyKind kind) => _anomalies[(int)kind];

    public long Differences(DifferenceKind kind) => _differences[(int)kind];

    /// <summary>Faults of all kinds.</summary>
    public long FaultCount
    {
        get
        {
            long count = 0;
            foreach (long ofKind in _faults) count += ofKind;
            return count;
        }
    }

    /// <summary>Adds what happened in other runs.</summary>
    public void Add(TortureCounts other)
    {
        Runs += other.Runs;
        Steps += other.Steps;
        Inputs += other.Inputs;
        Commands += other.Commands;
        Reports += other.Reports;
        Fills += other.Fills;
        Queries += other.Queries;
        Snapshots += other.Snapshots;
        Unknowns += other.Unknowns;
        Reconciliations += other.Reconciliations;
        Replays += other.Replays;
        StateChanges += other.StateChanges;
        Adjustments += other.Adjustments;
        LiquidationOrders += other.LiquidationOrders;
        ExitOrders += other.ExitOrders;
        Rearms += other.Rearms;
        AddAll(_kills, other._kills);
        foreach ((ReasonCode reason, long count) in other._refusals) Count(reason, count);
        AddAll(_faults, other._faults);
        AddAll(_anomalies, other._anomalies);
        AddAll(_differences, other._differences);
    }

    internal void Count(ReasonCode refusal, long count = 1) => _refusals[refusal] = _refusals.GetValueOrDefault(refusal) + count;

    internal void Count(KillCause cause) => _kills[(int)cause]++;

    internal void Count(FaultKind kind) => _faults[(int)kind]++;

    internal void Count(AnomalyKind kind) => _anomalies[(int)kind]++;

    internal void Count(DifferenceKind kind) => _differences[(int)kind]++;

    private static void AddAll(long[] to, long[] from)
    {
        for (int i = 0; i < to.Length; i++) to[i] += from[i];
    }
}
