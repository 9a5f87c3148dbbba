using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>That a kill switch was turned on or off.</summary>
/// <param name="IsOn">From then on.</param>
/// <param name="Cause">By whom it was turned on; of one that is turned off: by whom it had been.</param>
/// <param name="Strategy">Number of the one that is concerned; <see cref="KillSwitch.All"/>: all.</param>
/// <param name="Instrument">The one that is concerned; None: all.</param>
/// <param name="Flattens">Positions are closed too.</param>
/// <param name="Limit">What the rule allows, in its unit (<see cref="KillEvent"/>); 0 where there is none.</param>
/// <param name="Found">What was found instead.</param>
/// <param name="Reason">In whole words.</param>
public readonly record struct KillSummary(
    Timestamp Time, bool IsOn, KillCause Cause, ushort Strategy, InstrumentId Instrument, bool Flattens, long Limit, long Found, string Reason);
