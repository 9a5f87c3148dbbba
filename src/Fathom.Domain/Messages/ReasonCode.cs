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
    /// <summary>The account cannot hold the instrument: its terms make no money.</summary>
    UnsupportedInstrument = 9,
    /// <summary>The price is too far from the market in the direction that costs us.</summary>
    PriceCollar = 10,
    /// <summary>A limit that needs a price has none to go by: no good market was seen yet.</summary>
    NoReferencePrice = 11,
    /// <summary>One order's quantity is above its limit.</summary>
    QuantityLimit = 12,
    /// <summary>Gross notional, with every live order filled, would exceed the limit.</summary>
    NotionalLimit = 13,
    /// <summary>More orders and replacements than the limit allows within its window.</summary>
    OrderRateLimit = 14,
    /// <summary>The day's loss has reached its limit: only orders that reduce the position pass.</summary>
    DailyLossLimit = 15,
    /// <summary>The kill switch is on: nothing but cancels passes.</summary>
    KillSwitch = 16,
    /// <summary>The strategy steers this instrument by another kind of want, which has to be withdrawn first.</summary>
    OtherWantsStand = 17,
    /// <summary>A replacement of an order that is not live, or of which an earlier request is still unanswered.</summary>
    NotReplaceable = 18,
    /// <summary>The strategy is warming up: it watches, and what it wants is refused.</summary>
    WarmUp = 19,
    /// <summary>A reduce-only order would open or enlarge a position.</summary>
    ReduceOnly = 20,
    /// <summary>A trigger, a trail or an expiry that the type or time in force needs is missing or makes no sense, or one is there that it has no use for.</summary>
    ConditionInvalid = 21,

    /// <summary>The strategy, or the whole account, may only reduce positions: an anomaly is open, or the venue's state is not reconciled.</summary>
    OnlyReducing = 22,
    /// <summary>Exposure of buys less sells, with every live order of a side filled, would exceed the limit.</summary>
    NetNotionalLimit = 23,
    /// <summary>Gross exposure, with every live order filled, would be more times the equity than the limit.</summary>
    LeverageLimit = 24,
    /// <summary>One instrument would be a larger share of the gross exposure than the limit.</summary>
    ConcentrationLimit = 25,
    /// <summary>More live orders than the limit.</summary>
    OpenOrdersLimit = 26,
    /// <summary>So many cancels left within the window that no new order is to add to them.</summary>
    CancelRateLimit = 27,
    /// <summary>More replacements than the limit allows within its window.</summary>
    ReplaceRateLimit = 28,
    /// <summary>More messages to the venue for each fill than the limit.</summary>
    MessagesPerFillLimit = 29,
    /// <summary>One order's notional is above its limit.</summary>
    OrderNotionalLimit = 30,
    /// <summary>One order's quantity or notional is below what is allowed.</summary>
    OrderTooSmall = 31,
    /// <summary>The same order was sent a moment ago.</summary>
    Duplicate = 32,
    /// <summary>The instrument does not trade, or not within the hours that are allowed.</summary>
    TradingHours = 33,
    /// <summary>A time in force that is not allowed.</summary>
    TimeInForceNotAllowed = 34,
    /// <summary>Initial margin, with every live order filled, would be more than the equity leaves.</summary>
    MarginLimit = 35,
    /// <summary>The state of the position, the strategy or the account lets positions be reduced only.</summary>
    StateReducesOnly = 36,
    /// <summary>A warning makes what enlarges a position smaller or more cautious.</summary>
    StateWarning = 37,
    /// <summary>An emergency liquidation of a position.</summary>
    Liquidation = 38,
    /// <summary>The market data of the instrument is stale or crossed.</summary>
    DoubtfulData = 39,
    /// <summary>A position is closed because it lost what its stop loss allows.</summary>
    StopLoss = 40,
    /// <summary>A position is closed because it made what its take profit asks for.</summary>
    TakeProfit = 41,
    /// <summary>A position is closed because it fell back from its best price by what its trailing stop allows.</summary>
    TrailingStop = 42,
    /// <summary>A position is closed because it was held as long as its time stop allows.</summary>
    TimeStop = 43,
    /// <summary>A feature that the strategy asked for is not known yet of the instrument: nothing trades on it.</summary>
    FeatureWarmUp = 44,

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
    /// <summary>What could not be filled at once ended: the rest of an immediate-or-cancel or market order, or a fill-or-kill order as a whole.</summary>
    NoLiquidity = 107,
    /// <summary>Its time in force is over: the session's end, or its date.</summary>
    TimeIsUp = 108,
    /// <summary>Another order of its list was filled or ended.</summary>
    ListDone = 109,
    /// <summary>A reduce-only order had no position left to reduce.</summary>
    NothingToReduce = 110,
    /// <summary>The command reached the venue after the time until which it was valid.</summary>
    TooOld = 111,
    /// <summary>The venue takes no more requests for the moment.</summary>
    RateLimited = 112,
    /// <summary>The venue did not answer in time.</summary>
    Unanswered = 113,
    /// <summary>The connection to the venue was lost.</summary>
    Disconnected = 114,
    /// <summary>A report of the venue was lost on its way.</summary>
    ReportLost = 115,
    /// <summary>The venue's answer to a question settled it.</summary>
    Settled = 116,
    /// <summary>The venue cannot answer now.</summary>
    Unavailable = 117,
}
