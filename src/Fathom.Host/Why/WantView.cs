using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;

namespace Fathom.Host.Why;

/// <summary>One thing that a strategy asked for, with what it handed over for it.</summary>
/// <param name="Owner">Number of the strategy.</param>
/// <param name="Instrument">That it is about; None for none, and of an order that does not live.</param>
/// <param name="Callback">In which it did.</param>
/// <param name="Ladder">A copy of the ladder that is to stand; null where the want is none.</param>
/// <param name="Target">Position that is wanted, signed, and how hard; null where the want is none.</param>
/// <param name="Signal">Null where the want is none.</param>
internal sealed record WantView(int Owner, InstrumentId Instrument, StrategyCallback Callback, Want Want, QuoteLadder? Ladder, (Quantity Quantity, TargetUrgency Urgency)? Target, Signal? Signal);
