namespace Fathom.Domain.Messages;

/// <summary>First byte of every message. A layout never changes under its number: a new layout takes a new number.</summary>
public enum MessageType : byte
{
    None = 0,

    // Inputs: the market.
    MarketByOrder = 1,
    InstrumentDefined = 2,
    InstrumentChanged = 3,
    TradingStateChanged = 4,
    BarOpened = 5,
    MarketBar = 6,

    // Inputs: numbers from elsewhere.
    SeriesDefined = 16,
    SeriesPoint = 17,

    // Inputs: answers of a venue.
    OrderReport = 32,
    VenueOrder = 33,
    VenuePosition = 34,
    VenueAnswer = 35,
    VenueConnection = 36,
    ExecutionChanged = 37,

    // Inputs: what an earlier session carries over of risk (the rest: 51 to 63).
    CarriedKillBase = 44,
    CarriedPeak = 45,
    CarriedKill = 46,
    CarriedRiskState = 47,

    // Inputs: the clock and the operator.
    TimeReached = 48,
    OperatorCommand = 49,
    ContextValue = 50,

    // Inputs: what an earlier session carries over.
    CarryOverBegins = 51,
    CarriedAccount = 52,
    CarriedMoney = 53,
    CarriedOwner = 54,
    CarriedLedger = 55,
    CarriedInstrument = 56,
    CarriedHolding = 57,
    CarriedOrder = 58,
    CarriedOrderList = 59,
    CarriedExecutions = 60,
    CarriedOrderTimes = 61,
    CarriedExternalOrder = 62,
    CarryOverEnds = 63,

    // Outputs of the engine.
    OrderCommand = 64,
    OrderEvent = 65,
    FillEvent = 66,
    QuoteEvent = 67,
    PositionEvent = 68,
    EquityEvent = 69,
    PlotEvent = 70,
    AnnotationEvent = 71,
    LogEvent = 72,
    AnomalyEvent = 73,
    ReconciliationEvent = 74,
    DifferenceEvent = 75,
    ModeEvent = 76,
    RiskStateEvent = 77,
    AdjustmentEvent = 78,
    KillEvent = 79,
}
