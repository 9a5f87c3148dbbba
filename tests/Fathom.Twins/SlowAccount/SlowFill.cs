using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Twins.SlowAccount;

/// <summary>One execution of one owner's.</summary>
public sealed record SlowFill(int Owner, int Instrument, PositionSide PositionSide, Side Side, decimal Price, decimal Quantity, long FeeNanos);
