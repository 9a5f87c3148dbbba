using Fathom.Domain.Values;

namespace Fathom.Twins.SlowAccount;

/// <summary>What an instrument's price moves are worth.</summary>
public sealed record SlowContract(InstrumentKind Kind, decimal Multiplier, string Currency);
