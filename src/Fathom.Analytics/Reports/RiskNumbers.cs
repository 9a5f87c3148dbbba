using System.Globalization;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Reports;

/// <summary>The numbers behind what risk did, as text. They are of many kinds: quantities, prices, money and ratios in 1e-9, and counts.</summary>
public static class RiskNumbers
{
    /// <summary>A limit of a refusal or an adjustment, or what was found instead.</summary>
    public static string Of(ReasonCode reason, long value) => reason switch
    {
        ReasonCode.PositionLimit or ReasonCode.PriceOffTick or ReasonCode.QuantityOffLot or ReasonCode.PriceCollar or ReasonCode.QuantityLimit or ReasonCode.NotionalLimit or
            ReasonCode.DailyLossLimit or ReasonCode.ReduceOnly or ReasonCode.NetNotionalLimit or ReasonCode.LeverageLimit or ReasonCode.ConcentrationLimit or
            ReasonCode.OrderNotionalLimit or ReasonCode.OrderTooSmall or ReasonCode.MarginLimit or ReasonCode.StateReducesOnly or ReasonCode.StateWarning or
            ReasonCode.WouldMeetOwn => OfNanos(value),
        ReasonCode.WarmUp => new Timestamp(value).ToString(),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What a kill rule allows, or what was found instead.</summary>
    public static string Of(KillCause cause, long value) => cause switch
    {
        KillCause.Drawdown or KillCause.DailyLoss => OfNanos(value),
        KillCause.StaleData => new Duration(value).ToString(),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A number in 1e-9.</summary>
    public static string OfNanos(long value) => ReportNumbers.Money((decimal)value / Price.Scale);
}
