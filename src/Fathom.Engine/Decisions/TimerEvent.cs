using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>A timer of a strategy's has come.</summary>
/// <param name="Tag">The strategy's own number for it.</param>
/// <param name="Due">When it was to come; the clock may be later where nobody could wake the engine before.</param>
/// <param name="Missed">Further periods of a periodic timer that passed as well.</param>
public readonly record struct TimerEvent(ulong Tag, Timestamp Due, long Missed);
