using System.Globalization;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Kill;

/// <summary>Says in words why a rule turned a kill switch on.</summary>
internal static class KillWords
{
    public static string Of(in TrippedRule tripped)
    {
        KillRule rule = tripped.Rule;
        return rule.Cause switch
        {
            KillCause.Drawdown => $"equity fell {Percent(tripped.Found)} from its peak; {Percent(rule.Limit)} is the limit",
            KillCause.DailyLoss => $"the day's loss is {Money(tripped.Found)}; {Money(rule.Limit)} is the limit",
            KillCause.AnomalyRate => $"{Count(tripped.Found)} anomalies within {rule.Window}",
            KillCause.RejectRate => $"{Count(tripped.Found)} rejections by the venue within {rule.Window}",
            KillCause.UnknownOrders => $"{Count(tripped.Found)} orders of which only the venue knows what they are; {Count(rule.Limit)} is the limit",
            KillCause.StaleData => $"no sound market data for {new Duration(tripped.Found)}; {new Duration(rule.Limit)} is the limit",
            KillCause.StrategyException => "the strategy failed",
            KillCause.MessageRate => $"{Count(tripped.Found)} messages to the venue within {rule.Window}",
            _ => rule.Cause.ToString(),
        };
    }

    private static string Percent(long nanos) => string.Create(CultureInfo.InvariantCulture, $"{nanos / 1e7:0.##} %");

    private static string Money(long nanos) => string.Create(CultureInfo.InvariantCulture, $"{nanos / 1e9m:0.##}");

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);
}
