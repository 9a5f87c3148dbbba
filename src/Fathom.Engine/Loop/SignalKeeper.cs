using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Engine.Loop;

/// <summary>Lets one strategy's signals act: as its own target positions, or through the aggregator of which it is a member.</summary>
internal sealed class SignalKeeper(StrategyContext context, TargetKeeper targets)
{
    /// <summary>Null where the strategy is no member of one.</summary>
    public SignalAggregator? Aggregator { get; set; }

    /// <summary>A signal stands that is no target of the strategy's own.</summary>
    public bool Owns(InstrumentId instrument) => Aggregator is not null && context.Signals.Find(instrument) is { IsStanding: true };

    /// <summary>What the strategy stated last is in force from here on.</summary>
    public void Stand(InstrumentId instrument)
    {
        StandingSignal signal = context.Signals.Of(instrument);
        if (signal.IsSaidAgain && targets.IsExited(instrument)) return;      // an exit got out of just this
        signal.Stand();
        if (Aggregator is not null) Aggregator.Merge(instrument);
        else targets.Stand(instrument, new TargetPosition(signal.Signal.Position, TargetUrgency.Immediate));
    }

    public void Withdraw(InstrumentId instrument)
    {
        if (context.Signals.Find(instrument) is not { IsStanding: true } signal) return;
        signal.Withdraw();
        if (Aggregator is not null) Aggregator.Merge(instrument);
        else targets.Withdraw(instrument);
    }

    public void WithdrawAll()
    {
        for (int index = 0; index < context.Signals.All.Length; index++) Withdraw(new InstrumentId(index));
    }

    /// <summary>A target took the place of a signal that acts by itself, or the target that it was has been withdrawn.</summary>
    public void Forget(InstrumentId instrument)
    {
        if (Aggregator is null) context.Signals.Find(instrument)?.Withdraw();
    }
}
