using System.Globalization;
using Fathom.Analytics.Reports;
using Fathom.Analytics.Risk;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio.States;
using ReportNumbers = Fathom.Analytics.Reports.ReportNumbers;

namespace Fathom.Host.Why;

/// <summary>What happened in a decision, in the words of a person.</summary>
internal sealed class DecisionWords(Explanation told)
{
    /// <summary>Events of one kind that were published in the step, in order.</summary>
    public static IEnumerable<byte[]> EventsOf(Decision decision, MessageType type) => decision.Published.Where(message => Messages.Header(message).Type == type);

    public static string Spoken<T>(T value) where T : struct, Enum => Words.Of(value).Replace('_', ' ');

    public string OwnerOf(int owner) => owner is < 0 or TradingEngine.ExternalStrategy ? "external" : told.Owners[owner];

    /// <summary>Empty for none.</summary>
    public string SymbolOf(InstrumentId instrument) => (uint)instrument.Index < (uint)told.Symbols.Count ? told.Symbols[instrument.Index] : "";

    /// <summary>What the input brought before anybody wanted something: changes of orders that nobody asked for in the step, and fills. And all changes of risk.</summary>
    public IEnumerable<string> Happened()
    {
        bool isBrought = true;
        foreach (byte[] message in told.Decision.Published)
        {
            MessageType type = Messages.Header(message).Type;
            isBrought &= type != MessageType.OrderCommand;      // what follows is what came of it
            if (RiskText(message) is { } change) yield return change;
            else if (isBrought && type == MessageType.OrderEvent && IsReported(in Messages.As<OrderEvent>(message))) yield return $"{Of(message)}  {Short(Messages.As<OrderEvent>(message).ClientOrderId)}";
            else if (isBrought && type == MessageType.FillEvent) yield return $"{Of(message)}  {Short(Messages.As<FillEvent>(message).ClientOrderId)}";
        }
    }

    /// <summary>Null where the message is no change of risk.</summary>
    private string? RiskText(byte[] message) => Messages.Header(message).Type switch
    {
        MessageType.RiskStateEvent => Of(in Messages.As<RiskStateEvent>(message)),
        MessageType.KillEvent => Of(in Messages.As<KillEvent>(message)),
        MessageType.ModeEvent => Of(in Messages.As<ModeEvent>(message)),
        MessageType.AnomalyEvent => $"anomaly: {Spoken(Messages.As<AnomalyEvent>(message).Kind)}  {Short(Messages.As<AnomalyEvent>(message).ClientOrderId)}",
        MessageType.ReconciliationEvent => $"reconciliation {Spoken(Messages.As<ReconciliationEvent>(message).Stage)}",
        _ => null,
    };

    private string Of(in RiskStateEvent change)
    {
        string bound = change.To > change.From ? "of" : "calm from";      // worse at a threshold, better below one
        return $"state of {Whose(change.Output.Strategy, change.Header.Instrument)}: {Spoken(change.From)} → {Spoken(change.To)} ({Spoken(change.Measure)} {RiskNumbers.OfNanos(change.Found)} {bound} {RiskNumbers.OfNanos(change.Threshold)})";
    }

    private string Of(in KillEvent kill)
    {
        string of = $"kill switch of {Whose(kill.Output.Strategy, kill.Header.Instrument)}";
        return kill.IsOn != 0 ? $"{of} on by {Spoken(kill.KilledBy)}{(kill.Flattens != 0 ? ", positions are closed" : "")}: {kill.Reason}" : $"{of} off: {kill.Reason}";
    }

    private string Of(in ModeEvent change)
    {
        string why = change.Anomaly == AnomalyKind.None ? "" : $" after {Spoken(change.Anomaly)}";
        return $"mode of {Whose(change.Output.Strategy, InstrumentId.None)}: {Spoken(change.From)} → {Spoken(change.To)}{why}";
    }

    /// <summary>A state with what it is judged by, each with its three thresholds as the configuration states them.</summary>
    public string Of(StateView view)
    {
        StateReading reading = view.Reading;
        string state = Spoken(reading.State), by = string.Concat(reading.Measures.Where(found => found.Measure == reading.Measure).Select(found => $" by {Of(found)}"));
        string others = string.Concat(reading.Measures.Where(found => found.Measure != reading.Measure).Select(found => $"; {Of(found)}"));
        string calm = reading.CalmSince.IsNone ? "" : $"; calm since {reading.CalmSince}, better after {reading.Hold} of it";
        return $"{Whose(view.Owner, view.Instrument)}: {(reading.State >= PositionState.Critical ? state.ToUpperInvariant() : state)}{by}{others}{calm}";
    }

    private static string Of(MeasureReading found) =>
        $"{Spoken(found.Measure)} {RiskNumbers.OfNanos(found.Found)} of [{RiskNumbers.OfNanos(found.Thresholds.Warning)}, {RiskNumbers.OfNanos(found.Thresholds.Critical)}, {RiskNumbers.OfNanos(found.Thresholds.OverLimit)}]";

    private string Whose(int owner, InstrumentId instrument)
    {
        string whose = owner is < 0 or TradingEngine.ExternalStrategy ? "the account" : told.Owners[owner];
        return instrument.IsNone ? whose : $"{whose} in {SymbolOf(instrument)}";
    }

    private static bool IsReported(in OrderEvent change) =>
        change.To is not (OrderStatus.PendingNew or OrderStatus.PendingReplace or OrderStatus.PendingCancel or OrderStatus.Refused or OrderStatus.Held or OrderStatus.None) && change.From != change.To;

    // ---- what was wanted

    public string Of(WantView wanted)
    {
        Want want = wanted.Want;
        string where = SymbolOf(wanted.Instrument) is { Length: > 0 } symbol ? $" in {symbol}" : "";
        return want.Kind switch
        {
            WantKind.Submit => $"{Terms(want.Intent)}{where}{(want.ListId != 0 ? $", of list {want.ListId}, {Spoken(want.Contingency)}" : "")}  {Short(want.Order)}",
            WantKind.Replace => $"replace {Short(want.Order)}{where}: {Changed(want.Intent)}",
            WantKind.Cancel => $"cancel {Short(want.Order)}{where}",
            WantKind.Quote => $"quotes{where}, {LadderText(wanted.Ladder!)}",
            WantKind.Withdraw => $"no quotes{where} any more",
            WantKind.Target => $"position {wanted.Target!.Value.Quantity}{where}, {Spoken(wanted.Target.Value.Urgency)}",
            WantKind.WithdrawTarget => $"no target{where} any more",
            WantKind.Signal => SignalText(wanted.Signal!.Value, where),
            WantKind.WithdrawSignal => $"no signal{where} any more",
            WantKind.Kill => "the kill switch: an end of all trading",
            _ => Spoken(want.Kind),
        };
    }

    private static string Terms(in OrderIntent intent) =>
        $"{Spoken(intent.Side)} {intent.Quantity}{PriceText(" @ ", intent.Price)} {Spoken(intent.Type)}{PriceText(" at ", intent.TriggerPrice)}{PriceText(" trailing ", intent.TrailOffset)}"
        + $"{(intent.TimeInForce == TimeInForce.GoodTillCancel ? "" : $", {Spoken(intent.TimeInForce)}")}{(intent.PostOnly ? ", post-only" : "")}{(intent.ReduceOnly ? ", reduce-only" : "")}";

    private static string Changed(in OrderIntent intent)
    {
        List<string> parts = [];
        if (!intent.Quantity.IsNone) parts.Add($"quantity {intent.Quantity}");
        if (!intent.Price.IsNone) parts.Add($"price {intent.Price}");
        if (!intent.TriggerPrice.IsNone) parts.Add($"trigger {intent.TriggerPrice}");
        if (!intent.TrailOffset.IsNone) parts.Add($"trail {intent.TrailOffset}");
        return string.Join(", ", parts);
    }

    private static string LadderText(QuoteLadder ladder)
    {
        string from = ladder.Reference == PriceReference.FairValue ? $"the fair value {Number(ladder.FairValue)}" : $"the {Spoken(ladder.Reference)}";
        string shift = ladder.ShiftTicks == 0 ? "" : $", moved {Number(ladder.ShiftTicks)} ticks";
        return $"from {from}{shift}, requoted at {ladder.RequoteTicks} ticks";
    }

    /// <summary>The levels of a ladder, best first as it was handed over.</summary>
    public static IEnumerable<string> LevelsOf(QuoteLadder ladder)
    {
        foreach (QuoteLevel level in ladder.Levels.ToArray())
        {
            string distance = !level.Price.IsNone ? $"at {level.Price}" : level.Bps != 0 ? $"{Number(level.Bps)} bps off{(level.Ticks == 0 ? "" : $" and {Number(level.Ticks)} ticks")}" : $"ticks off: {Number(level.Ticks)}";
            yield return $"{Spoken(level.Side)} {level.Quantity}, {distance}";
        }
    }

    private static string SignalText(Signal signal, string where) =>
        signal.Side == Side.None ? $"a signal{where}: flat" : $"a signal{where}: {Spoken(signal.Side)} {signal.Size}, confidence {Number(signal.Confidence)}";

    // ---- what came of it

    /// <summary>A command in a few words: "replace 1 @ 64.3".</summary>
    public static string Of(in OrderCommand command)
    {
        if (command.Kind == CommandKind.Cancel) return command.Reason == ReasonCode.None ? "cancel" : $"cancel ({Spoken(command.Reason)})";
        string kind = command.Kind == CommandKind.Submit ? "" : $"{Spoken(command.Kind)} ", flags = $"{(command.IsPostOnly ? ", post-only" : "")}{(command.IsReduceOnly ? ", reduce-only" : "")}";
        string time = command.TimeInForce is TimeInForce.GoodTillCancel or TimeInForce.None ? "" : $", {Spoken(command.TimeInForce)}";
        string type = command.Type is OrderType.Limit or OrderType.None ? "" : $" {Spoken(command.Type)}";
        return $"{kind}{Spoken(command.Side)} {command.Quantity}{PriceText(" @ ", command.Price)}{type}{PriceText(" at ", command.TriggerPrice)}{time}{flags}";
    }

    /// <summary>An event of an order's story in a few words.</summary>
    public static string Of(byte[] message) => Messages.Header(message).Type switch
    {
        MessageType.OrderCommand => $"sent: {Of(in Messages.As<OrderCommand>(message))}",
        MessageType.OrderEvent => Of(in Messages.As<OrderEvent>(message)),
        MessageType.FillEvent => Of(in Messages.As<FillEvent>(message)),
        MessageType.AdjustmentEvent => Of(in Messages.As<AdjustmentEvent>(message)),
        MessageType type => Spoken(type),
    };

    private static string Of(in FillEvent fill) =>
        $"filled {fill.Quantity} @ {fill.Price}, {Spoken(fill.Liquidity)}, fee {ReportNumbers.Money((decimal)fill.FeeNanos / Price.Scale)} {fill.Currency}, position {fill.Position}";

    private static string Of(in OrderEvent change)
    {
        bool isNo = IsNo(in change);
        string what = isNo ? $"not {(change.To == OrderStatus.None ? "live" : "changed")}: {Because(in change)}" : Spoken(change.To);
        if (change.To == OrderStatus.Refused) return $"refused: {Because(in change)}";
        string reason = isNo || change.Reason == ReasonCode.None ? "" : $" ({Spoken(change.Reason)})";
        string ahead = change.QueueAhead.IsNone || change.To is not (OrderStatus.Open or OrderStatus.PartiallyFilled) ? "" : $", {change.QueueAhead} ahead";
        string filled = change.Cumulative.IsZero || change.To == OrderStatus.Filled ? "" : $", {change.Cumulative} filled";
        string terms = change.Quantity.IsNone || change.To.IsTerminal() ? "" : $", {change.Quantity}{PriceText(" @ ", change.Price)}";
        return $"{what}{reason}{terms}{filled}{ahead}";
    }

    public static string Of(in AdjustmentEvent adjustment)
    {
        string side = adjustment.Side == Side.None ? "" : $" {Spoken(adjustment.Side)}";
        string price = adjustment.AskedPrice == adjustment.GrantedPrice ? "" : $", price {adjustment.AskedPrice} to {adjustment.GrantedPrice}";
        string numbers = NumbersText(adjustment.Reason, adjustment.Limit, adjustment.Found, adjustment.Scope);
        return $"{Spoken(adjustment.Want)}{side}: {adjustment.Asked} to {adjustment.Granted}{price}, because of {Spoken(adjustment.Reason)}{numbers}, state {Spoken(adjustment.State)}";
    }

    // ---- what was not done

    /// <summary>What was asked for or stood there, and did not lead to an order; why, as a word and as a sentence.</summary>
    public IEnumerable<(string What, string Reason, string Why)> NotDone()
    {
        Decision decision = told.Decision;
        foreach (byte[] message in EventsOf(decision, MessageType.OrderEvent))
        {
            OrderEvent change = Messages.As<OrderEvent>(message);
            if (!IsNo(in change)) continue;
            yield return (WhatOf(in change), Words.Of(change.Reason), Because(in change));
        }
        foreach (StandingView standing in decision.Standing.Where(standing => standing.IsStanding))
            foreach ((string reason, string why) in Idle(standing)) yield return ($"{(standing.Form == WantKind.Quote ? "quotes" : "target")} of {OwnerOf(standing.Owner)} in {SymbolOf(standing.Instrument)}", reason, why);
    }

    private string WhatOf(in OrderEvent change)
    {
        string where = SymbolOf(change.Header.Instrument) is { Length: > 0 } symbol ? $" in {symbol}" : "";
        if (change.ClientOrderId.IsNone) return $"what {OwnerOf(change.Output.Strategy)} wanted to stand{where}";
        if (change.To == OrderStatus.None) return $"order {Short(change.ClientOrderId)}";
        string kind = change.To == OrderStatus.Refused ? "" : "replace by ";
        string type = change.Type is OrderType.Limit or OrderType.None ? "" : $" {Spoken(change.Type)}";
        return $"{kind}{Spoken(change.Side)} {change.Quantity}{PriceText(" @ ", change.Price)}{type}{where}  {Short(change.ClientOrderId)}";
    }

    private IEnumerable<(string Reason, string Why)> Idle(StandingView standing)
    {
        MarketView? market = told.Decision.Markets.Find(market => market.Definition.Header.Instrument == standing.Instrument);
        bool isTarget = standing.Form == WantKind.Target, isAtRest = !HasActed(standing);
        if (!standing.IsQuotable) yield return ("not_quotable", $"nothing stands or is worked while the book {BookFault(market)}");
        else if (isTarget && standing.Target == standing.Position) yield return ("reached", $"the position is {standing.Position}, which is the target");
        else if (isTarget && standing.IsBuyBlocked) yield return ("blocked", "a request was refused, rejected or found nobody: nothing is tried before the best prices, the target or the position move");
        else if (!isTarget && (standing.IsBuyBlocked || standing.IsSellBlocked))
            yield return ("blocked", $"{(standing.IsBuyBlocked ? standing.IsSellBlocked ? "bids and asks wait" : "bids wait" : "asks wait")}: a request was refused or rejected, or a quote canceled by the strategy; they are tried again when the market or the ladder moves");
        else if (isAtRest)
            yield return ("in_place", isTarget ? "an order works for it already, or what is missing is less than a lot" : "the live quotes are less than the requote distance from what is wanted, or an earlier request is unanswered");
    }

    private bool HasActed(StandingView standing) =>
        EventsOf(told.Decision, MessageType.OrderCommand).Any(message => Messages.As<OrderCommand>(message) is var command && command.Header.Instrument == standing.Instrument && command.Output.Strategy == standing.Owner);

    private static string BookFault(MarketView? market)
    {
        if (market is null) return "cannot be quoted in";
        if (!market.State.Matches()) return $"does not trade ({Spoken(market.State)})";
        if (market.IsStale) return "is stale: the feed lost messages";
        if (market.Bids.Length == 0 || market.Asks.Length == 0) return "has one side only";
        return market.Bids[0].Price >= market.Asks[0].Price ? "is locked or crossed" : "could not be quoted in at its last whole event";
    }

    // ---- reasons

    /// <summary>An order, or what was wanted of one, was refused; or there was no such order any more.</summary>
    public static bool IsNo(in OrderEvent change) => RiskEntry.IsRefusal(in change) || (change.From == change.To && change.To == OrderStatus.None && change.Reason != ReasonCode.None);

    private static string Because(in OrderEvent change) => change.Reason switch
    {
        ReasonCode.WarmUp => $"the strategy warms up until {new Timestamp(change.Limit)}",
        ReasonCode.FeatureWarmUp => $"{change.Found} of the {change.Limit} features that the strategy asked for are known of the instrument",
        ReasonCode.OtherWantsStand => $"{Spoken((WantKind)change.Found)} steers the instrument: it has to be withdrawn, and its orders gone, before {Spoken((WantKind)change.Limit)}",
        ReasonCode.NotReplaceable when change.Limit != 0 => $"it is {Spoken((OrderStatus)change.Found)}: an earlier request is unanswered, or it is over",
        ReasonCode.KillSwitch => "the kill switch is on",
        ReasonCode.ListDone => "another order of its list was refused",
        _ => $"{Spoken(change.Reason)}{NumbersText(change.Reason, change.Limit, change.Found, change.Scope)}",
    };

    private static string NumbersText(ReasonCode reason, long limit, long found, RiskScope scope)
    {
        (string limitText, string foundText) = GateReading.Numbers(reason, limit, found);
        string of = scope is RiskScope.None or RiskScope.Order ? "" : $", of the {ScopeText(scope)}";
        return limitText.Length == 0 ? of : $" (limit {limitText}, found {foundText}{of})";
    }

    public static string ScopeText(RiskScope scope) => scope == RiskScope.StrategyInstrument ? "strategy in the instrument" : Spoken(scope);

    /// <summary>The last letters of an order's name, enough to ask for it.</summary>
    public static string Short(ClientOrderId id) => id.IsNone ? "" : $"…{id.ToString()[^10..]}";

    private static string PriceText(string before, Price price) => price.IsNone || price.Nanos == 0 ? "" : $"{before}{price}";

    private static string Number(double number) => number.ToString("0.#########", CultureInfo.InvariantCulture);
}
