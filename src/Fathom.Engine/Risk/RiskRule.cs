namespace Fathom.Engine.Risk;

/// <summary>The rules of the gate, in the order in which they are looked at: the first that refuses gives the reason.</summary>
public enum RiskRule : byte
{
    KillSwitch = 0,
    /// <summary>The instrument is known.</summary>
    Instrument = 1,
    /// <summary>The instrument makes money that the account can hold.</summary>
    Terms = 2,
    Tick = 3,
    Conditions = 4,
    QuantityPositive = 5,
    Lot = 6,
    ReduceOnly = 7,
    TradingTimes = 8,
    TimeInForce = 9,
    /// <summary>An anomaly, or a venue that is not reconciled, lets only reduce.</summary>
    TradingMode = 10,
    /// <summary>A critical state lets only reduce.</summary>
    State = 11,
    Duplicate = 12,
    /// <summary>There is a reference for the collar.</summary>
    CollarReference = 13,
    PriceCollar = 14,
    SelfMatch = 15,
    QuantityMax = 16,
    QuantityMin = 17,
    OrderNotionalMax = 18,
    OrderNotionalMin = 19,
    NumericRange = 20,
    Position = 21,
    /// <summary>The instrument's currency has a rate.</summary>
    CurrencyRate = 22,
    /// <summary>The instrument has a mark.</summary>
    Mark = 23,
    DailyLoss = 24,
    GrossNotional = 25,
    NetNotional = 26,
    Leverage = 27,
    Concentration = 28,
    Margin = 29,
    OpenOrders = 30,
    OrderRate = 31,
    ReplaceRate = 32,
    CancelRate = 33,
    MessagesPerFill = 34,
}
