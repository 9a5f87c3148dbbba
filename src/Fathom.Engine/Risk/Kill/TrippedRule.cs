using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Kill;

/// <summary>A kill rule that was met.</summary>
/// <param name="Strategy">Number of the one that is to be stopped; <see cref="KillSwitch.All"/>: all.</param>
/// <param name="Instrument">The one that is to be stopped; None: all.</param>
/// <param name="Found">What was found, in the unit of the rule's limit.</param>
internal readonly record struct TrippedRule(KillRule Rule, ushort Strategy, InstrumentId Instrument, long Found);
