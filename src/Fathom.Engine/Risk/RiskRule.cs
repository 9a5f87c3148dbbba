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
    Duplicate = 11,
    /// <summary>There is a reference for the collar.</summary>
    CollarReference = 12,
    PriceCollar = 13,
    SelfMatch = 14,
    QuantityMax = 15,
    QuantityMin = 16,
    OrderNotionalMax = 17,
    OrderNotionalMin = 18,
    NumericRange = 19,
    Position = 20,
    /// <summary>The instrument's currency has a rate.</summary>
    CurrencyRate = 21,
    /// <summary>The instrument has a mark.</summary>
    Mark = 22,
    DailyLoss = 23,
    GrossNotional = 24,
    NetNotional = 25,
    Leverage = 26,
    Concentration = 27,
    Margin = 28,
    OpenOrders = 29,
    OrderRate = 30,
    ReplaceRate = 31,
    CancelRate = 32,
    MessagesPerFill = 33,
}
