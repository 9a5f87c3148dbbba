using System.Globalization;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Host.Why;

/// <summary>Asks an engine's gate about a command that it is about to judge: each rule, with its numbers.</summary>
internal static class GateReading
{
    public static IReadOnlyList<RuleReading> Of(TradingEngine engine, in OrderCommand command, OrderOrigin origin, bool isChild)
    {
        Refusal refusal = engine.Gate.Review(command, isChild, isQuote: origin == OrderOrigin.Ladder);
        if (refusal.IsNone) return [new RuleReading("all", ReasonCode.None, RiskScope.None, IsPassed: true, "", "")];
        (string limit, string found) = Numbers(refusal.Reason, refusal.Limit, refusal.Found);
        return [new RuleReading(Words.Of(refusal.Reason), refusal.Reason, refusal.Scope, IsPassed: false, limit, found)];
    }

    /// <summary>The two numbers of a refusal, in the unit of its rule.</summary>
    public static (string Limit, string Found) Numbers(ReasonCode reason, long limit, long found) => reason switch
    {
        ReasonCode.OrderRateLimit or ReasonCode.CancelRateLimit or ReasonCode.ReplaceRateLimit or ReasonCode.MessagesPerFillLimit or ReasonCode.OpenOrdersLimit or ReasonCode.NumericRange or ReasonCode.UnknownInstrument
            or ReasonCode.UnsupportedInstrument => (Whole(limit), Whole(found)),
        ReasonCode.WarmUp => (new Timestamp(limit).ToString(), new Timestamp(found).ToString()),
        ReasonCode.KillSwitch => ("off", "on"),
        ReasonCode.NotReplaceable => ($"{(OrderStatus)limit}", $"{(OrderStatus)found}"),
        ReasonCode.OtherWantsStand => ($"{(Engine.Decisions.WantKind)limit}", $"{(Engine.Decisions.WantKind)found}"),
        _ => limit == 0 && found == 0 ? ("", "") : (new Quantity(limit).ToString(), new Quantity(found).ToString()),
    };

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
