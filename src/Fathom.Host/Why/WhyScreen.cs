using System.Globalization;
using System.Text;
using Fathom.Analytics.Reports;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Spectre.Console;
using ReportNumbers = Fathom.Analytics.Reports.ReportNumbers;

namespace Fathom.Host.Why;

/// <summary>An explanation for the eyes: at most <see cref="Width"/> columns.</summary>
internal sealed class WhyScreen
{
    private const int Width = 116, LabelWidth = 12, BarWidth = 24, OwnMax = 3;
    private const string Blocks = " ▏▎▍▌▋▊▉█";      // eighths

    private readonly IAnsiConsole _console;
    private readonly Explanation _told;
    private readonly DecisionWords _words;

    private WhyScreen(IAnsiConsole console, Explanation explanation)
    {
        _console = console;
        _told = explanation;
        _words = new DecisionWords(explanation);
    }

    public static void Write(IAnsiConsole console, Explanation explanation) => new WhyScreen(console, explanation).Write();

    private void Write()
    {
        Decision decision = _told.Decision;
        WriteHeadline();
        WriteMoment();
        foreach (MarketView market in decision.Markets) WriteMarket(market);
        WriteState();
        bool hasLeft = DecisionWords.EventsOf(decision, MessageType.OrderCommand).Any() || decision.Judgements.Count > 0;
        WriteLines("wanted", WantLines(), hasLeft ? "nothing: what leaves follows from what stood before" : "nothing");
        WriteLines("adjusted", DecisionWords.EventsOf(decision, MessageType.AdjustmentEvent).Select(message => DecisionWords.Of(in Messages.As<AdjustmentEvent>(message))), "nothing");
        foreach (Judgement judgement in decision.Judgements) WriteJudgement(judgement);
        WriteLines("left", DecisionWords.EventsOf(decision, MessageType.OrderCommand).Select(CommandLine), "nothing");
        WriteLines("not done", _words.NotDone().Select(left => $"{left.What}: {left.Why}"), "");
        WriteLines("said", Remarks(), "");
        foreach (OrderStory story in _told.Stories) WriteStory(story);
        _console.Write(Text.NewLine);
        string source = _told.IsRecording ? "its recording" : "the data that it read";
        Line("", string.Create(CultureInfo.InvariantCulture, $"{_told.Run} run again from {source}: {_told.Compared:#,##0} {(_told.IsRecording ? "events" : "changes of orders")} came out as written down, {_told.Seconds:0.0} s"), "grey");
    }

    // ---- the moment

    private void WriteHeadline()
    {
        string what = _told.Question.IsOfOrder ? $"order {_told.Stories.FirstOrDefault()?.Id}" : $"the last decision up to {_told.Question.Time}";
        _console.Write(new Rule($"[bold]{what.EscapeMarkup()}[/]").LeftJustified());
        foreach (OrderStory story in _told.Question.IsOfOrder ? _told.Stories : [])
            if (_told.Decision.Judgements.Find(judged => judged.Command.ClientOrderId == story.Id) is { } judged)
                Line("order", $"{_words.OwnerOf(judged.Command.Output.Strategy)}, {_words.SymbolOf(judged.Command.Header.Instrument)}: {DecisionWords.Of(judged.Command)}", "bold");
    }

    private void WriteMoment()
    {
        Decision decision = _told.Decision;
        string about = _words.SymbolOf(decision.InputInstrument) is { Length: > 0 } symbol ? $" of {symbol}" : "";
        string input = decision.InputType == MessageType.None ? "the end of the run" : DecisionWords.Spoken(decision.InputType) + about;
        string before = _told.Question.IsOfOrder || _told.Question.Time == decision.Clock ? "" : $", {Span((_told.Question.Time - decision.Clock).Nanos)} before the time that was asked for";
        Line("time", $"{decision.Clock}{before}");
        Line("input", string.Create(CultureInfo.InvariantCulture, $"{decision.Input:#,##0}: {input}"));
        foreach (string happened in _words.Happened()) Line("", happened);
    }

    // ---- the market

    private void WriteMarket(MarketView market)
    {
        string faults = $"{(market.IsStale ? ", stale" : "")}{(market.IsEventOpen ? ", in the middle of an event" : "")}";
        string state = market.State == TradingState.Unknown ? "trading state unknown" : DecisionWords.Spoken(market.State);
        Line("book", $"{market.Symbol}, {state}{faults}, tick {market.Definition.Tick}{(market.LastTrade.IsNone ? "" : $", last trade {market.LastTrade}")}");
        long most = Math.Max(1, market.Bids.Concat(market.Asks).Select(level => level.Quantity.Nanos).DefaultIfEmpty(1).Max());
        int priceWidth = Widest(market, level => level.Price.ToString()), quantityWidth = Widest(market, level => level.Quantity.ToString());
        string Row(BookLevel level, Side side, string colour)
        {
            string orders = level.Orders == 0 ? "" : $"× {level.Orders}";
            string bar = Bar((double)level.Quantity.Nanos / most).PadRight(BarWidth + 1);
            return $"[{colour}]{level.Price.ToString().PadLeft(priceWidth)}[/]  {level.Quantity.ToString().PadLeft(quantityWidth)}  [grey]{orders,-6}[/] [{colour}]{bar}[/] {OwnAt(market, side, level.Price).EscapeMarkup()}";
        }
        foreach (BookLevel level in market.Asks.Reverse()) Marked(Row(level, Side.Sell, "red"));
        Marked($"[grey]{SpreadText(market).PadLeft(priceWidth)}[/]");
        foreach (BookLevel level in market.Bids) Marked(Row(level, Side.Buy, "green"));
        foreach (OwnOrder order in market.Orders.Where(order => IsElsewhere(order, market))) Marked($"[grey]ours elsewhere:[/] {OwnText(order, withPrice: true).EscapeMarkup()}");
        Line("features", string.Join(", ", market.Features.Select(feature => $"{feature.Name.Replace('_', ' ')} {(double.IsNaN(feature.Value) ? "–" : feature.Value.ToString("0.######", CultureInfo.InvariantCulture))}")));
        string positions = string.Join(", ", market.Positions.Select(position => $"{_words.OwnerOf(position.Owner)} {position.Quantity} @ {position.AveragePrice}"));
        Line("position", $"account {market.Held}{(positions.Length > 0 ? $": {positions}" : "")}{(market.LiquidationPrice.IsNone ? "" : $"; liquidation at {market.LiquidationPrice}")}");
    }

    private string OwnAt(MarketView market, Side side, Price price)
    {
        OwnOrder[] own = [.. market.Orders.Where(order => order.Side == side && order.Price == price)];
        if (own.Length == 0) return "";
        return "◀ " + string.Join(", ", own.Take(OwnMax).Select(order => OwnText(order, withPrice: false))) + (own.Length > OwnMax ? $" and {own.Length - OwnMax} more" : "");
    }

    private string OwnText(OwnOrder order, bool withPrice)
    {
        string ahead = order.Ahead.IsNone ? "" : $", {order.Ahead} ahead", price = $"{(withPrice && !order.Price.IsNone ? $" @ {order.Price}" : "")}{(order.TriggerPrice.IsNone ? "" : $" at {order.TriggerPrice}")}";
        string whose = _told.Decision.Owners.Count > 1 || _told.Owners.Count > 1 ? $" of {_words.OwnerOf(order.Owner)}" : "";
        return $"our {DecisionWords.Spoken(order.Side)} {order.Leaves}{price}{whose}, {DecisionWords.Spoken(order.Status)}{ahead} {DecisionWords.Short(order.Id)}";
    }

    /// <summary>Not on one of the levels that are shown.</summary>
    private static bool IsElsewhere(OwnOrder order, MarketView market) => !(order.Side == Side.Buy ? market.Bids : market.Asks).Any(level => level.Price == order.Price);

    private static int Widest(MarketView market, Func<BookLevel, string> text) => market.Bids.Concat(market.Asks).Select(level => text(level).Length).DefaultIfEmpty(1).Max();

    private static string SpreadText(MarketView market)
    {
        if (market.Bids.Length == 0 || market.Asks.Length == 0) return "one side is empty";
        Int128 spread = (Int128)market.Asks[0].Price.Nanos - market.Bids[0].Price.Nanos;
        string text = new Volume(Int128.Abs(spread)).ToString();
        return spread < 0 ? $"crossed by {text}" : $"spread {text}";
    }

    private static string Bar(double share)
    {
        int eighths = Math.Max(1, (int)Math.Round(share * BarWidth * 8));
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : Blocks[eighths % 8]);
    }

    // ---- who wanted what, and how it was judged

    private void WriteState()
    {
        Decision decision = _told.Decision;
        string money = decision.Money is { } totals
            ? $"equity {ReportNumbers.Money(totals.Equity)} {_told.Currency} (realized {ReportNumbers.Money(totals.Realized)}, unrealized {ReportNumbers.Money(totals.Unrealized)}, fees {ReportNumbers.Money(totals.Fees)})"
            : "equity in several currencies";
        Line("account", money);
        Line("measured", MeasuresText(decision.Measures));
        string kill = decision.KilledSince.IsNone ? "kill switch off" : $"KILL SWITCH ON since {decision.KilledSince}";
        Line("state", $"{kill}, {(decision.IsReconciled ? "reconciled with the venue" : "the venue's state is in doubt: only reducing")}");
        foreach (OwnerView owner in decision.Owners)
        {
            string anomaly = owner.Anomaly == AnomalyKind.None ? "" : $" after {DecisionWords.Spoken(owner.Anomaly)}", warm = decision.Clock < owner.WarmUntil ? $", warming up until {owner.WarmUntil}" : "";
            Line("", string.Create(CultureInfo.InvariantCulture, $"{owner.Name}: mode {DecisionWords.Spoken(owner.Mode)}{anomaly}{warm}, {owner.Sent:#,##0} orders sent, {owner.Refused:#,##0} refused before"));
            if (_told.Owners.Count > 1) Line("", MeasuresText(owner.Measures));
        }
        WriteLines("states", decision.States.Select(_words.Of), "");
    }

    private static string MeasuresText((string Name, string Value)[] measures) =>
        string.Join(", ", measures.Select(measure => $"{measure.Name.Replace('_', ' ')} {(measure.Value.Length > 0 ? measure.Value : "–")}"));

    private IEnumerable<string> WantLines()
    {
        foreach (WantView wanted in _told.Decision.Wants)
        {
            yield return $"{_words.OwnerOf(wanted.Owner)} in {wanted.Callback}: {_words.Of(wanted)}";
            if (wanted.Ladder is not { } ladder) continue;
            foreach (string level in DecisionWords.LevelsOf(ladder)) yield return $"  {level}";
        }
    }

    private void WriteJudgement(Judgement judgement)
    {
        bool isRefused = judgement.Reason != ReasonCode.None;
        string outcome = isRefused ? $"refused: {DecisionWords.Spoken(judgement.Reason)}" : "approved", colour = isRefused ? "red" : "green";
        string origin = judgement.Origin == Engine.Orders.OrderOrigin.Intent ? "" : $" of the {DecisionWords.Spoken(judgement.Origin)}";
        OrderCommand command = judgement.Command;
        Marked($"{DecisionWords.Of(in command).EscapeMarkup()}{origin.EscapeMarkup()} {DecisionWords.Short(command.ClientOrderId)}  [{colour}]{outcome.EscapeMarkup()}[/]", "judged");
        Marked($"  [grey]{"rule",-24} {"of",-28} {"limit",20} {"found",20}[/]");
        foreach (RuleReading rule in judgement.Rules.Where(rule => rule.IsConfigured))
        {
            Marked($"  {rule.Rule.Replace('_', ' ').EscapeMarkup(),-24} {DecisionWords.ScopeText(rule.Scope),-28} {rule.Limit,20} {rule.Found,20}  {(rule.IsPassed ? "[green]passed[/]" : "[red]REFUSED[/]")}");
            if (rule.Note.Length > 0) Marked($"    [yellow]{rule.Note.EscapeMarkup()}[/]");
        }
        int silent = judgement.Rules.Count(rule => !rule.IsConfigured);
        if (silent > 0) Marked($"  [grey]and {silent} rules that are not configured or do not concern it[/]");
    }

    private string CommandLine(byte[] message)
    {
        OrderCommand command = Messages.As<OrderCommand>(message);
        return $"{DecisionWords.Of(in command)} in {_words.SymbolOf(command.Header.Instrument)}  {DecisionWords.Short(command.ClientOrderId)}";
    }

    /// <summary>What strategies wrote in the step.</summary>
    private IEnumerable<string> Remarks()
    {
        foreach (byte[] message in _told.Decision.Published)
        {
            if (Messages.Header(message).Type == MessageType.AnnotationEvent) yield return Messages.As<AnnotationEvent>(message).Text.ToString();
            if (Messages.Header(message).Type != MessageType.LogEvent) continue;
            LogEvent entry = Messages.As<LogEvent>(message);
            yield return $"{_words.OwnerOf(entry.Output.Strategy)}, {Words.Of(entry.Level)}: {entry.Message} {string.Join(", ", entry.Fields().Select(field => $"{field.Name} {FieldText(field)}"))}".TrimEnd();
        }
    }

    private static string FieldText(LogField field) => field.Kind switch
    {
        LogFieldKind.Number => field.Number.ToString("0.######", CultureInfo.InvariantCulture),
        LogFieldKind.Integer => field.Integer.ToString(CultureInfo.InvariantCulture),
        LogFieldKind.Boolean => field.Boolean ? "true" : "false",
        _ => field.Text,
    };

    // ---- what became of it

    private void WriteStory(OrderStory story)
    {
        Line("story", $"of {story.Id}{(story.IsOver ? "" : ", which was live at the end")}", "bold");
        foreach (byte[] message in story.Events)
        {
            Timestamp time = Messages.Header(message).ReceiveTime;
            Line("", $"{time.ToString()[11..]} {"+" + Span((time - _told.Decision.Clock).Nanos),14}  {DecisionWords.Of(message)}");
        }
    }

    // ---- lines

    private void WriteLines(string label, IEnumerable<string> lines, string otherwise)
    {
        bool isFirst = true;
        foreach (string line in lines)
        {
            Line(isFirst ? label : "", line);
            isFirst = false;
        }
        if (isFirst && otherwise.Length > 0) Line(label, otherwise, "grey");
    }

    /// <summary>Broken at blanks where it is longer than the page.</summary>
    private void Line(string label, string text, string style = "")
    {
        foreach (string part in Broken(text, Width - LabelWidth))
        {
            string marked = style.Length > 0 ? $"[{style}]{part.EscapeMarkup()}[/]" : part.EscapeMarkup();
            Marked(marked, label);
            label = "";
        }
    }

    private void Marked(string markup, string label = "")
    {
        _console.Markup($"[grey]{label.PadRight(LabelWidth)}[/]{markup}");
        _console.Write(Text.NewLine);
    }

    private static IEnumerable<string> Broken(string text, int width)
    {
        StringBuilder line = new();
        bool isFirst = true;
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append("  ");
            }
            else if (!isFirst) line.Append(' ');
            line.Append(word);
            isFirst = false;
        }
        yield return line.ToString();
    }

    /// <summary>A span of time by its largest fitting unit, four digits.</summary>
    private static string Span(long nanos)
    {
        (double Scale, string Unit) = Math.Abs((double)nanos) switch
        {
            < 1e3 => (1, "ns"),
            < 1e6 => (1e3, "µs"),
            < 1e9 => (1e6, "ms"),
            _ => (1e9, "s"),
        };
        return (nanos / Scale).ToString("0.###", CultureInfo.InvariantCulture) + " " + Unit;
    }
}
