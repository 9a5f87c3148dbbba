using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Engine.Loop;

/// <summary>Makes target positions of the signals of several strategies. They belong to a session of its own, which no strategy of a user's runs in.</summary>
internal sealed class SignalAggregator
{
    private readonly SignalMerge _merge;
    private readonly TargetUrgency _urgency;
    private readonly StrategySession[] _members;
    private readonly Signal?[] _signals;
    private readonly StrategySession _session;

    private SignalAggregator(AggregatorOptions options, StrategySession[] members, StrategySession session)
    {
        _merge = new SignalMerge(options);
        _urgency = options.Urgency;
        _members = members;
        _signals = new Signal?[members.Length];
        _session = session;
    }

    /// <summary>Makes the aggregators and tells their members.</summary>
    /// <param name="sessions">The strategies', then the aggregators', both in the order of the options.</param>
    public static void Connect(EngineOptions options, StrategySession[] sessions)
    {
        Dictionary<string, StrategySession> byName = new(StringComparer.Ordinal);
        for (int i = 0; i < options.Strategies.Count; i++) byName.Add(options.Strategies[i].Name, sessions[i]);
        for (int i = 0; i < options.Aggregators.Count; i++)
        {
            AggregatorOptions own = options.Aggregators[i];
            StrategySession[] members = new StrategySession[own.Strategies.Count];
            for (int member = 0; member < members.Length; member++) members[member] = byName[own.Strategies[member]];
            SignalAggregator aggregator = new(own, members, sessions[options.Strategies.Count + i]);
            foreach (StrategySession member in members) member.Join(aggregator);
        }
    }

    /// <summary>A member's signal in the instrument is another, or none any more.</summary>
    public void Merge(InstrumentId instrument)
    {
        for (int i = 0; i < _members.Length; i++) _signals[i] = _members[i].TrySignal(instrument, out Signal signal) ? signal : null;
        if (_merge.TryMerge(_signals, _session.LotOf(instrument), out Quantity position)) _session.Stand(instrument, new TargetPosition(position, _urgency));
        else _session.WithdrawTarget(instrument);
    }

    /// <summary>Runs in an aggregator's session, and has nothing to say.</summary>
    public sealed class Silent : Strategy;
}
