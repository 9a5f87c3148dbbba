using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>A position of an owner, flat ones included. Money is in units of 1e-9 of <paramref name="Currency"/>.</summary>
/// <param name="Quantity">Signed.</param>
/// <param name="AveragePrice">Of what is held; None when flat.</param>
/// <param name="Currency">None where nothing could be valued.</param>
/// <param name="RealizedNanos">Before fees.</param>
/// <param name="UnrealizedNanos">At the last mark.</param>
/// <param name="FeesNanos">Paid; negative when rebates are more.</param>
public readonly record struct PositionSnapshot(
    int Owner, InstrumentId Instrument, PositionSide Side, Quantity Quantity, Price AveragePrice, CurrencyCode Currency, Int128 RealizedNanos, Int128 UnrealizedNanos, Int128 FeesNanos);
