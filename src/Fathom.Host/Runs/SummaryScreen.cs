using System.Globalization;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Host.Sessions;
using Fathom.Market.Books;
using Spectre.Console;

namespace Fathom.Host.Runs;

/// <summary>A backtest's result for the eyes.</summary>
public static class SummaryScreen
{
    private const int InstrumentsMax = 5;

    public static void Write(IAnsiConsole console, string title, BacktestResult result)
    {
        RunSummary run = result.Run;
        console.Write(Text.NewLine);
        console.Write(new Rule($"[bold]{title.EscapeMarkup()}[/]").LeftJustified());
        console.Write(new Columns(MoneyGrid(run), OrderGrid(result)) { Expand = false });
        console.Write(Text.NewLine);
        foreach (string note in Notes(result)) console.MarkupLine($"[yellow]![/] {note.EscapeMarkup()}");
        console.MarkupLine($"[grey]data[/]         {Count(run.MarketDataCount)} events, {run.First} to {run.Last}".TrimEnd());
        string speed = $"{result.Seconds:0.00} s, {result.EventsPerSecond / 1e6:0.0} M events/s, {result.PeakMemoryMegabytes:0} MB";
        console.MarkupLine($"[grey]speed[/]        {speed}");
        console.MarkupLine($"[grey]fingerprint[/]  {result.Fingerprint}");
    }

    private static Grid MoneyGrid(RunSummary run)
    {
        Grid grid = Rows();
        if (run.Totals is { } totals) AddMoney(grid, run.Currency, totals, run.DrawdownMax ?? 0);
        else
            foreach (CurrencySummary currency in run.ByCurrency) AddMoney(grid, currency.Currency, currency.Totals, currency.DrawdownMax);
        if (run.Margin is { } margin) AddMargin(grid, margin);
        return grid;
    }

    private static void AddMoney(Grid grid, CurrencyCode currency, AccountTotals totals, double drawdown)
    {
        Add(grid, "equity at the start", $"{Money(totals.Start)} {currency}");
        Add(grid, "realized P&L", Coloured(totals.Realized));
        Add(grid, "unrealized P&L", Coloured(totals.Unrealized));
        Add(grid, "fees", Money(totals.Fees));
        Add(grid, "equity at the end", $"[bold]{Money(totals.Equity)} {currency}[/]");
        Add(grid, "deepest drawdown", string.Create(CultureInfo.InvariantCulture, $"{drawdown:0.000%}"));
    }

    private static void AddMargin(Grid grid, MarginExtremes margin)
    {
        Add(grid, "highest leverage", string.Create(CultureInfo.InvariantCulture, $"{margin.LeverageMax:0.00}"));
        Add(grid, "highest maintenance ratio", Percent(margin.MaintenanceRatioMax));
        Add(grid, "nearest to liquidation", double.IsNaN(margin.LiquidationDistanceMin) ? "never near" : Percent(margin.LiquidationDistanceMin));
    }

    private static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{part:0.0%}");

    private static Grid OrderGrid(BacktestResult result)
    {
        RunSummary run = result.Run;
        Grid grid = Rows();
        Add(grid, "orders sent", Count(run.OrderCount));
        Add(grid, "fills", $"[bold]{Count(run.FillCount)}[/]");
        Add(grid, "quantity traded", Grouped(result.Traded.ToString()));
        if (result.Positions is [Volume position]) Add(grid, "position at the end", position.ToString());
        Add(grid, "rejected by the venue", Count(run.RejectedCount));
        if (result.RejectedChangeCount is > 0 and long changes) Add(grid, "replaces, cancels rejected", Count(changes));
        Add(grid, "refused by risk", Count(run.RefusedCount));
        Add(grid, "still live", Count(run.LiveOrderCount));
        return grid;
    }

    /// <summary>What is to be known before believing the numbers.</summary>
    private static IEnumerable<string> Notes(BacktestResult result)
    {
        foreach (StrategySummary strategy in result.Run.Strategies)
            if (strategy.Failure is { } failure) yield return $"{strategy.Name} was halted at {failure.Time} in {failure.Callback}, at {HaltedText.Event(failure, result.Instruments)} (input {Count(failure.Input)}): {failure.Message}{HaltedText.Place(failure)}";

        if (result.Books.Difference is { } difference) yield return $"the run was ended, as its books do not agree: {difference}";
        if (result.Books.Fills > result.Books.Checked && result.Books.Difference is null) yield return $"{Count(result.Books.Fills - result.Books.Checked)} fills at prices that nothing can be divided by: from there on their money was not compared by double entry";
        foreach (string told in RiskNotes.Of(result)) yield return told;
        foreach (string told in CarriedNotes(result)) yield return told;
        InstrumentDefinition[] assumed = [.. result.Instruments.Where(instrument => instrument.Assumed != InstrumentAssumptions.None)];
        foreach (InstrumentDefinition instrument in assumed.Take(InstrumentsMax))
            yield return $"{instrument.Symbol}: assumed {Assumptions.Text(instrument, result.Run.Currency)}; state them in [instrument.\"{instrument.Symbol}\"] or name a file with data.definitions";
        if (assumed.Any(instrument => (instrument.Assumed & InstrumentAssumptions.Tick) != 0))
            yield return "a strategy that counts in ticks counts in steps of 0.000000001 here: state the tick before you believe a number above";
        if (assumed.Length > InstrumentsMax) yield return $"and {assumed.Length - InstrumentsMax} more instruments with assumptions (summary.json lists them)";

        if (result.HasUnknownState) yield return $"trading hours: {Assumptions.UnknownState}";
        if (result.Refusals.Any()) yield return $"refused by risk: {ReasonsText(result.Refusals)}";
        if (result.Rejections.Any()) yield return $"rejected by the venue: {ReasonsText(result.Rejections)}";
        if (DataNote(result.DataAnomalies) is { Length: > 0 } note) yield return $"in the data: {note}";
        if (result.Run.Anomalies.Total > 0) yield return $"{Count(result.Run.Anomalies.Total)} reports of the venue disagreed with our orders (summary.json lists them)";
        if (result.Run.UnvaluedFillCount > 0) yield return $"{result.Run.UnvaluedFillCount} fills that the account cannot value: their P&L is not counted";
        if (result.Driver.LookAheadStops > 0) yield return "event times lag so far behind receive times that some reports may have come late";
    }

    private static string ReasonsText(IEnumerable<KeyValuePair<ReasonCode, long>> reasons) =>
        string.Join(", ", reasons.Select(reason => $"{Words.Of(reason.Key).Replace('_', ' ')} {Count(reason.Value)}"));

    private static IEnumerable<string> CarriedNotes(BacktestResult result)
    {
        if (result.Carried is not { } carried) yield break;
        string equity = carried.Totals is { } totals ? $" with an equity of {Money(totals.Equity)} {result.Run.Currency}" : "";
        yield return $"goes on with the session that ended at {carried.Until}{equity}: money is since the account's beginning, orders and fills are this run's";
        foreach (AccountPosition position in carried.Positions.Where(position => carried.WithoutData.Contains(position.Instrument)))
            yield return $"{SummaryJson.OwnerOf(position, result.Run)} holds {position.Quantity} {result.Instruments[position.Instrument.Index].Symbol}, of which the data has nothing: it is worth what it was";
        if (carried.OrderCount > 0) yield return $"orders that were open: {Count(carried.OrderCount)}; those at the venue are in doubt, as this run's venue does not have them";
    }

    private static string DataNote(AnomalyCounts counts) =>
        string.Join(", ", Enumerable.Range(0, AnomalyCounts.Kinds).Where(kind => counts[kind] > 0).Select(kind => $"{Words.Of((BookAnomaly)kind).Replace('_', ' ')} {Count(counts[kind])}"));

    private static Grid Rows() => new Grid().AddColumn(new GridColumn().PadRight(3)).AddColumn(new GridColumn().RightAligned().PadRight(6));

    private static void Add(Grid grid, string name, string value) => grid.AddRow($"[grey]{name.EscapeMarkup()}[/]", value);

    private static string Coloured(decimal amount) => amount == 0 ? "0.00" : $"[{(amount > 0 ? "green" : "red")}]{(amount > 0 ? "+" : "")}{Money(amount)}[/]";

    /// <summary>Two decimals; more for less than one unit, which coins are often held in.</summary>
    private static string Money(decimal amount) => amount.ToString(decimal.Abs(amount) is > 0 and < 1 ? "0.00#######" : "#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>A plain decimal number with its thousands parted.</summary>
    private static string Grouped(string number) => decimal.TryParse(number, CultureInfo.InvariantCulture, out decimal value) ? value.ToString("#,##0.#########", CultureInfo.InvariantCulture) : number;

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
