namespace Fathom.Domain.Values;

/// <summary>How a position in the instrument turns price moves into money.</summary>
public enum InstrumentKind : byte
{
    /// <summary>Derivative that pays (price change × quantity × multiplier) in the settlement currency; no cash moves at a trade.</summary>
    Linear = 0,
    /// <summary>Cash pays for the asset.</summary>
    Spot = 1,
    /// <summary>Derivative quoted in one currency and settled in the base coin.</summary>
    Inverse = 2,
}
