using System.Globalization;
using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio;
using Fathom.Host.Replays;
using Fathom.Host.Terminal;
using ReportNumbers = Fathom.Analytics.Reports.ReportNumbers;

namespace Fathom.Host.Why;

/// <summary>An explanation as the one JSON object of <c>fathom why --json</c>. Prices, quantities and money are exact decimal text, what is not known is null.</summary>
internal sealed partial class WhyJson
{
    private readonly Utf8JsonWriter _json;
    private readonly Explanation _told;

    private WhyJson(Utf8JsonWriter json, Explanation explanation)
    {
        _json = json;
        _told = explanation;
    }

    public static void Write(Utf8JsonWriter json, Explanation explanation) => new WhyJson(json, explanation).Write();

    private void Write()
    {
        _json.WriteStartObject();
        _json.WriteNumber("version", 1);
        _json.WriteString("run", _told.Run);
        _json.WriteString("source", _told.IsRecording ? "recording" : "data");
        _json.WriteNumber("compared", _told.Compared);
        _json.WriteStartObject("asked");
        WriteText("order", _told.Question.Order);
        WriteTime("time", _told.Question.Time);
        _json.WriteString("strategy", _told.Question.Strategy);
        _json.WriteString("instrument", _told.Question.Instrument);
        _json.WriteEndObject();
        WriteMoment();
        WriteList("strategies", _told.Decision.Owners, WriteOwner);
        WriteList("instruments", _told.Decision.Markets, WriteMarket);
        WriteList("states", _told.Decision.States, WriteState);
        WriteList("wants", _told.Decision.Wants, WriteWant);
        WriteList("adjustments", DecisionWords.EventsOf(_told.Decision, MessageType.AdjustmentEvent), WriteEvent);
        WriteList("judgements", _told.Decision.Judgements, WriteJudgement);
        WriteList("commands", DecisionWords.EventsOf(_told.Decision, MessageType.OrderCommand), WriteEvent);
        WriteList("standing", _told.Decision.Standing, WriteStanding);
        WriteList("not_done", new DecisionWords(_told).NotDone(), WriteNotDone);
        WriteList("published", _told.Decision.Published, WriteEvent);
        WriteList("orders", _told.Stories, WriteStory);
        _json.WriteEndObject();
    }

    private void WriteMoment()
    {
        Decision decision = _told.Decision;
        _json.WriteStartObject("moment");
        WriteTime("time", decision.Clock);
        if (_told.Question.IsOfOrder) _json.WriteNull("before_asked_ns");
        else _json.WriteNumber("before_asked_ns", (_told.Question.Time - decision.Clock).Nanos);
        _json.WriteNumber("input", decision.Input);
        WriteText("input_type", Words.Of(decision.InputType));
        WriteText("input_instrument", SymbolOf(decision.InputInstrument));
        _json.WriteBoolean("kill_switch", !decision.KilledSince.IsNone);
        WriteTime("kill_switch_since", decision.KilledSince);
        _json.WriteBoolean("reconciled", decision.IsReconciled);
        _json.WriteString("currency", _told.Currency);
        AccountTotals? money = decision.Money;
        WriteMoney("equity", money?.Equity);
        WriteMoney("realized_pnl", money?.Realized);
        WriteMoney("unrealized_pnl", money?.Unrealized);
        WriteMoney("fees", money?.Fees);
        WriteMeasures(decision.Measures);
        _json.WriteEndObject();
    }

    private void WriteOwner(OwnerView owner)
    {
        _json.WriteString("strategy", owner.Name);
        _json.WriteString("mode", Words.Of(owner.Mode));
        WriteText("anomaly", Words.Of(owner.Anomaly));
        WriteTime("warm_until", owner.WarmUntil <= _told.Decision.Clock ? Timestamp.None : owner.WarmUntil);
        _json.WriteNumber("sent", owner.Sent);
        _json.WriteNumber("refused", owner.Refused);
        WriteMeasures(owner.Measures);
    }

    private void WriteMeasures((string Name, string Value)[] measures)
    {
        _json.WriteStartObject("measures");
        foreach ((string name, string value) in measures) WriteText(name, value);
        _json.WriteEndObject();
    }

    private void WriteState(StateView state)
    {
        WriteText("strategy", state.Owner < 0 ? "" : OwnerOf(state.Owner));
        WriteText("symbol", SymbolOf(state.Instrument));
        _json.WriteString("state", Words.Of(state.Reading.State));
        WriteText("measure", Words.Of(state.Reading.Measure));
        WriteTime("calm_since", state.Reading.CalmSince);
        WriteList("readings", state.Reading.Measures, reading =>
        {
            _json.WriteString("measure", Words.Of(reading.Measure));
            _json.WriteString("found", RiskNumbers.OfNanos(reading.Found));
            _json.WriteString("warning", RiskNumbers.OfNanos(reading.Thresholds.Warning));
            _json.WriteString("critical", RiskNumbers.OfNanos(reading.Thresholds.Critical));
            _json.WriteString("over_limit", RiskNumbers.OfNanos(reading.Thresholds.OverLimit));
        });
    }

    // ---- the market, and what we have there

    private void WriteMarket(MarketView market)
    {
        _json.WriteString("symbol", market.Symbol);
        _json.WriteString("tick", market.Definition.Tick.ToString());
        _json.WriteString("lot", market.Definition.Lot.ToString());
        _json.WriteString("multiplier", ReportNumbers.Money(market.Definition.Multiplier));
        _json.WriteString("trading_state", Words.Of(market.State));
        _json.WriteBoolean("stale", market.IsStale);
        _json.WriteBoolean("event_open", market.IsEventOpen);
        WritePrice("last_trade", market.LastTrade);
        WriteList("bids", market.Bids, level => WriteLevel(level, market, Side.Buy));
        WriteList("asks", market.Asks, level => WriteLevel(level, market, Side.Sell));
        _json.WriteStartObject("features");
        foreach ((string name, double value) in market.Features) _json.WriteNumberOrNull(name, value);
        _json.WriteEndObject();
        _json.WriteString("position", market.Held.ToString());
        WritePrice("liquidation_price", market.LiquidationPrice);
        WriteList("positions", market.Positions, position =>
        {
            _json.WriteString("strategy", OwnerOf(position.Owner));
            _json.WriteString("quantity", position.Quantity.ToString());
            WritePrice("average_price", position.AveragePrice);
        });
        WriteList("orders", market.Orders, WriteOrder);
    }

    private void WriteLevel(BookLevel level, MarketView market, Side side)
    {
        _json.WriteString("price", level.Price.ToString());
        _json.WriteString("quantity", level.Quantity.ToString());
        _json.WriteNumber("orders", level.Orders);
        OwnOrder[] own = [.. market.Orders.Where(order => order.Side == side && order.Price == level.Price)];
        if (own.Length > 0) WriteList("own", own, WriteOrder);
    }

    private void WriteOrder(OwnOrder order)
    {
        _json.WriteString("client_order_id", order.Id.ToString());
        _json.WriteString("strategy", OwnerOf(order.Owner));
        _json.WriteString("side", Words.Of(order.Side));
        _json.WriteString("type", Words.Of(order.Type));
        _json.WriteString("status", Words.Of(order.Status));
        _json.WriteString("origin", Words.Of(order.Origin));
        WritePrice("price", order.Price);
        WritePrice("trigger_price", order.TriggerPrice);
        _json.WriteString("leaves", order.Leaves.ToString());
        WriteQuantity("ahead", order.Ahead);
    }

    // ---- what was wanted

    private void WriteWant(WantView wanted)
    {
        OrderIntent intent = wanted.Want.Intent;
        _json.WriteString("strategy", OwnerOf(wanted.Owner));
        _json.WriteString("callback", wanted.Callback.ToString());
        _json.WriteString("want", Words.Of(wanted.Want.Kind));
        WriteText("symbol", SymbolOf(wanted.Instrument));
        WriteText("client_order_id", wanted.Want.Order.ToString());
        if (wanted.Want.Kind is WantKind.Submit or WantKind.Replace) WriteIntent(intent, wanted.Want);
        if (wanted.Ladder is { } ladder) WriteLadder(ladder);
        if (wanted.Target is { } target)
        {
            _json.WriteString("target", target.Quantity.ToString());
            _json.WriteString("urgency", Words.Of(target.Urgency));
        }
        if (wanted.Signal is not { } signal) return;
        WriteText("side", Words.Of(signal.Side));
        _json.WriteString("size", signal.Size.ToString());
        _json.WriteNumberOrNull("confidence", signal.Confidence);
    }

    private void WriteIntent(in OrderIntent intent, in Want want)
    {
        WriteText("side", Words.Of(intent.Side));
        _json.WriteString("type", Words.Of(intent.Type));
        _json.WriteString("time_in_force", Words.Of(intent.TimeInForce));
        WriteQuantity("quantity", intent.Quantity);
        WritePrice("price", intent.Price);
        WritePrice("trigger_price", intent.TriggerPrice);
        WritePrice("trail_offset", intent.TrailOffset);
        WriteTime("expire_time", intent.ExpireTime);
        _json.WriteBoolean("post_only", intent.PostOnly);
        _json.WriteBoolean("reduce_only", intent.ReduceOnly);
        _json.WriteNumber("list", want.ListId);
    }

    private void WriteLadder(QuoteLadder ladder)
    {
        _json.WriteString("reference", Words.Of(ladder.Reference));
        _json.WriteNumberOrNull("fair_value", ladder.FairValue);
        _json.WriteNumberOrNull("shift_ticks", ladder.ShiftTicks);
        _json.WriteNumber("requote_ticks", ladder.RequoteTicks);
        WriteList("levels", ladder.Levels.ToArray(), level =>
        {
            _json.WriteString("side", Words.Of(level.Side));
            WritePrice("price", level.Price);
            if (level.Price.IsNone) _json.WriteNumberOrNull("ticks", level.Ticks);
            if (level.Price.IsNone) _json.WriteNumberOrNull("bps", level.Bps);
            _json.WriteString("quantity", level.Quantity.ToString());
        });
    }

    // ---- how it was judged, and what came of it

    private void WriteJudgement(Judgement judgement)
    {
        OrderCommand command = judgement.Command;
        _json.WriteString("client_order_id", command.ClientOrderId.ToString());
        _json.WriteString("strategy", OwnerOf(command.Output.Strategy));
        WriteText("symbol", SymbolOf(command.Header.Instrument));
        _json.WriteString("command", Words.Of(command.Kind));
        _json.WriteString("origin", Words.Of(judgement.Origin));
        _json.WriteString("side", Words.Of(command.Side));
        _json.WriteString("type", Words.Of(command.Type));
        WritePrice("price", command.Price);
        WriteQuantity("quantity", command.Quantity);
        _json.WriteString("outcome", judgement.Reason == ReasonCode.None ? "approved" : "refused");
        WriteNo(judgement.Reason, judgement.Numbers.Limit, judgement.Numbers.Found, judgement.Numbers.Scope);
        WriteList("rules", judgement.Rules, rule =>
        {
            _json.WriteString("rule", rule.Rule);
            WriteText("reason", Words.Of(rule.Reason));
            WriteText("scope", Words.Of(rule.Scope));
            _json.WriteBoolean("configured", rule.IsConfigured);
            _json.WriteBoolean("passed", rule.IsPassed);
            WriteText("limit", rule.Limit);
            WriteText("found", rule.Found);
            WriteText("note", rule.Note);
        });
    }

    private void WriteStanding(StandingView standing)
    {
        _json.WriteString("strategy", OwnerOf(standing.Owner));
        _json.WriteString("symbol", SymbolOf(standing.Instrument));
        _json.WriteString("want", Words.Of(standing.Form));
        _json.WriteBoolean("standing", standing.IsStanding);
        _json.WriteBoolean("quotable", standing.IsQuotable);
        _json.WriteBoolean("buy_blocked", standing.IsBuyBlocked);
        _json.WriteBoolean("sell_blocked", standing.IsSellBlocked);
        if (standing.Form != WantKind.Target) return;
        _json.WriteString("target", standing.Target.ToString());
        _json.WriteString("position", standing.Position.ToString());
    }

    private void WriteNotDone((string What, string Reason, string Why) left)
    {
        _json.WriteString("what", left.What);
        WriteText("reason", left.Reason);
        _json.WriteString("why", left.Why);
    }

    private void WriteStory(OrderStory story)
    {
        _json.WriteString("client_order_id", story.Id.ToString());
        _json.WriteBoolean("over", story.IsOver);
        WriteList("judgements", story.Judgements, WriteJudgement);
        WriteList("events", story.Events, WriteEvent);
    }

    // ---- values

    private void WriteList<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (T item in items)
        {
            _json.WriteStartObject();
            write(item);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WriteText(string name, string text)
    {
        if (text.Length > 0) _json.WriteString(name, text);
        else _json.WriteNull(name);
    }

    private void WriteTime(string name, Timestamp time) => WriteText(name, time.ToString());

    private void WritePrice(string name, Price price) => WriteText(name, price.IsNone ? "" : price.ToString());

    private void WriteQuantity(string name, Quantity quantity) => WriteText(name, quantity.IsNone ? "" : quantity.ToString());

    private void WriteMoney(string name, decimal? amount) => WriteText(name, amount is { } known ? ReportNumbers.Money(known) : "");

    private string OwnerOf(int owner) => owner is < 0 or TradingEngine.ExternalStrategy ? "external" : _told.Owners[owner];

    private string SymbolOf(InstrumentId instrument) => (uint)instrument.Index < (uint)_told.Symbols.Count ? _told.Symbols[instrument.Index] : "";
}
