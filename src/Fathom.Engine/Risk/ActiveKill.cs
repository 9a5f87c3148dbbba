using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk;

/// <summary>A kill switch that is on.</summary>
/// <param name="Strategy">Number of the strategy that is concerned; <see cref="KillSwitch.All"/>: all of them.</param>
/// <param name="Instrument">The one that is concerned; None: all.</param>
/// <param name="Since">When it was turned on.</param>
/// <param name="Cause">Who or what turned it on.</param>
/// <param name="Flattens">Positions are closed too.</param>
/// <param name="Reason">In whole words.</param>
public readonly record struct ActiveKill(ushort Strategy, InstrumentId Instrument, Timestamp Since, KillCause Cause, bool Flattens, string Reason)
{
    /// <summary>The switch of the whole account.</summary>
    public bool IsOfAccount => Strategy == KillSwitch.All && Instrument.IsNone;

    /// <summary>It holds for what a strategy does in an instrument.</summary>
    /// <param name="strategy">Its number; below zero for what is nobody's of ours.</param>
    public bool Covers(int strategy, InstrumentId instrument) => (Strategy == KillSwitch.All || Strategy == strategy) && (Instrument.IsNone || Instrument == instrument);
}
