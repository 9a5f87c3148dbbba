using System.Globalization;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Host.Why;

/// <summary>Asks an engine's gate about a command that it is about to judge: each rule, with its numbers.</summary>
internal static class GateReading
{
    /// <summary>In the gate's order.</summary>
    public static IReadOnlyList<RuleReading> Of(TradingEngine engine, in OrderCommand command, OrderOrigin origin, bool isChild)
    {
        List<RuleVerdict> verdicts = [];
        engine.Gate.Explain(in command, isChild, isQuote: origin == OrderOrigin.Ladder, verdicts);
        OrderCommand judged = command;
        return [.. verdicts.Select(verdict => Of(engine, in judged, verdict))];
    }

    /// <summary>The two numbers behind a reason, in its unit; empty where they say nothing.</summary>
    public static (string Limit, string Found) Numbers(ReasonCode reason, Int128 limit, Int128 found) => reason switch
    {
        ReasonCode.OrderRateLimit or ReasonCode.CancelRateLimit or ReasonCode.ReplaceRateLimit or ReasonCode.MessagesPerFillLimit or ReasonCode.OpenOrdersLimit or ReasonCode.NumericRange or ReasonCode.UnknownInstrument or ReasonCode.FeatureWarmUp
            => (Whole(limit), Whole(found)),
        ReasonCode.WarmUp => (TimeText(limit), TimeText(found)),
        ReasonCode.KillSwitch => ("off", found == 0 ? "off" : "on"),
        ReasonCode.NotReplaceable => (Words.Of((OrderStatus)(int)limit), Words.Of((OrderStatus)(int)found)),
        ReasonCode.OtherWantsStand => (Words.Of((WantKind)(int)limit), Words.Of((WantKind)(int)found)),
        ReasonCode.Duplicate => (new Duration(Narrow(limit)).ToString(), new Duration(Narrow(found)).ToString()),
        ReasonCode.TradingHours => (StateText(limit), StateText(found)),
        ReasonCode.TimeInForceNotAllowed => (string.Join(' ', Allowed(limit)), Words.Of((TimeInForce)(int)found)),
        ReasonCode.UnsupportedInstrument or ReasonCode.NoReferencePrice => ("", ""),
        ReasonCode.PriceOffTick or ReasonCode.PriceCollar or ReasonCode.WouldMeetOwn => (limit == 0 ? "none" : new Volume(limit).ToString(), found == 0 ? "no price" : new Volume(found).ToString()),
        _ => limit == 0 && found == 0 ? ("", "") : (new Volume(limit).ToString(), new Volume(found).ToString()),
    };

    private static RuleReading Of(TradingEngine engine, in OrderCommand command, RuleVerdict verdict)
    {
        ReasonCode reason = RiskRules.ReasonOf(verdict.Rule);
        (string limit, string found) = verdict.IsConfigured ? Numbers(reason, verdict.Limit, verdict.Found) : ("", "");
        (limit, found) = verdict.Rule switch
        {
            RiskRule.Tick or RiskRule.PriceCollar or RiskRule.SelfMatch when command.Price.IsNone && command.Type is not (OrderType.Limit or OrderType.StopLimit) => (limit, Words.Of(command.Type)),
            RiskRule.TradingMode when engine.Modes.Of(command.Output.Strategy) == TradingMode.Normal => ("", ""),      // nothing is held to them
            RiskRule.Duplicate when verdict.IsPassed => (limit, "none"),
            _ => (limit, found),
        };
        return new RuleReading(Words.Of(verdict.Rule), reason, verdict.Scope, verdict.IsConfigured, verdict.IsPassed, limit, found, verdict.IsConfigured ? NoteOf(engine, in command, in verdict) : "");
    }

    private static string NoteOf(TradingEngine engine, in OrderCommand command, in RuleVerdict verdict)
    {
        int strategy = command.Output.Strategy;
        if (verdict.Rule == RiskRule.State) return StateNote(engine.States!.Of(strategy, command.Header.Instrument), verdict.IsPassed);
        if (verdict.Rule == RiskRule.TradingMode) return engine.Modes.Of(strategy) == TradingMode.Normal ? "" : ReducingNote(Words.Of(engine.Modes.Of(strategy)), verdict.IsPassed);
        bool isBeyond = verdict.Rule switch
        {
            RiskRule.QuantityMin or RiskRule.OrderNotionalMin => verdict.Found < verdict.Limit,
            RiskRule.DailyLoss => verdict.Found >= verdict.Limit,
            RiskRule.QuantityMax or RiskRule.OrderNotionalMax or >= RiskRule.NumericRange => verdict.Found > verdict.Limit,
            _ => false,
        };
        return isBeyond && verdict.IsPassed ? "beyond the limit; this order makes no position larger, and passes" : "";
    }

    private static string StateNote(PositionState state, bool isPassed) => state switch
    {
        PositionState.Normal => "",
        PositionState.Warning => "warning: what enlarges is made smaller before it comes here; nothing is refused",
        _ => ReducingNote(Words.Of(state), isPassed),
    };

    private static string ReducingNote(string what, bool isPassed) => $"{what.Replace('_', ' ')}: only what reduces may leave; this order {(isPassed ? "reduces" : "does not")}";

    /// <summary>A trading state, or a time of sessions.</summary>
    private static string StateText(Int128 value) => value >= 0 && value <= byte.MaxValue ? Words.Of((TradingState)(int)value) : TimeText(value);

    private static IEnumerable<string> Allowed(Int128 bits)
    {
        foreach (TimeInForce time in Enum.GetValues<TimeInForce>())
            if ((bits >> (int)time & 1) != 0) yield return Words.Of(time);
    }

    private static string TimeText(Int128 nanos) => new Timestamp(Narrow(nanos)).ToString();

    private static long Narrow(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);

    private static string Whole(Int128 number) => number.ToString(CultureInfo.InvariantCulture);
}
