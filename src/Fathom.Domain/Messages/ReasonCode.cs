namespace Fathom.Domain.Messages;

/// <summary>Why an order was refused, rejected or ended. Below 100: our own risk; from 100: the venue.</summary>
public enum ReasonCode : ushort
{
    None = 0,

    /// <summary>The position, with every live order filled, would exceed the limit.</summary>
    PositionLimit = 1,
    UnknownInstrument = 2,
    PriceOffTick = 3,
    QuantityOffLot = 4,
    QuantityNotPositive = 5,
    UnknownOrder = 6,
    /// <summary>The order or its notional does not fit the numbers that the engine computes with.</summary>
    NumericRange = 8,
    /// <summary>The account cannot hold the instrument: an inverse derivative, or another currency than the account's.</summary>
    UnsupportedInstrument = 9,

    /// <summary>A post-only order would have taken liquidity.</summary>
    WouldCross = 100,
    /// <summary>The venue does not know this type, time in force or flag.</summary>
    Unsupported = 101,
    /// <summary>The order would have met another one of the same account.</summary>
    WouldMeetOwn = 102,
    /// <summary>The market takes no orders now.</summary>
    MarketClosed = 103,
    /// <summary>Cancel or replace of an order that is not live (any more).</summary>
    TooLate = 104,
    /// <summary>The same client order id was seen before.</summary>
    DuplicateOrder = 105,
    /// <summary>The owner asked for it.</summary>
    Requested = 106,
}
