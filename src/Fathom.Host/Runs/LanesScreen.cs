using System.Globalization;
using Fathom.Engine.Loop;
using Fathom.Host.Sessions;
using Spectre.Console;

namespace Fathom.Host.Runs;

/// <summary>A run's lanes side by side, for the eyes.</summary>
public static class LanesScreen
{
    /// <summary>More lanes than this are in the files alone.</summary>
    private const int RowsMax = 60;

    public static void Write(IAnsiConsole console, string title, IReadOnlyList<LaneResult> lanes)
    {
        IReadOnlyList<string> keys = LanesFiles.KeysOf(lanes);
        RunSummary run = lanes[0].Result.Run;
        console.Write(Text.NewLine);
        console.Write(new Rule($"[bold]{title.EscapeMarkup()}[/]").LeftJustified());
        Table table = new Table().Border(TableBorder.Simple).AddColumn("lane");
        foreach (string key in keys) table.AddColumn(new TableColumn(ShortOf(key, keys).EscapeMarkup()).RightAligned());
        foreach (string column in (string[])[$"P&L {run.Currency}", "fees", "drawdown", "Sharpe", "orders", "fills", "max position"]) table.AddColumn(new TableColumn(column).RightAligned());
        decimal? best = lanes.Max(LanesFiles.ProfitOf);
        foreach (LaneResult lane in lanes.Take(RowsMax)) table.AddRow([.. Cells(lane, keys, best)]);
        console.Write(table);
        if (lanes.Count > RowsMax) console.MarkupLine($"[grey]and {lanes.Count - RowsMax} more, in {LanesFiles.Csv}[/]");
        foreach (LaneResult lane in lanes.Where(lane => !lane.Result.HasEnded)) console.MarkupLine($"[yellow]![/] {lane.Lane.Name.EscapeMarkup()}: {Halted(lane).EscapeMarkup()}; more in {LanesFiles.Folder}/{lane.Lane.Name.EscapeMarkup()}/{RunFolder.Report}");
        console.MarkupLine($"[grey]data[/]         {Count(run.MarketDataCount)} events, {run.First} to {run.Last}".TrimEnd());
        BacktestResult any = lanes[^1].Result;
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[grey]speed[/]        {any.Seconds:0.00} s for {lanes.Count} lanes, {any.EventsPerSecond * lanes.Count / 1e6:0.0} M events/s over all lanes, {any.PeakMemoryMegabytes:0} MB"));
    }

    private static IEnumerable<string> Cells(LaneResult lane, IReadOnlyList<string> keys, decimal? best)
    {
        RunSummary run = lane.Result.Run;
        decimal? profit = LanesFiles.ProfitOf(lane);
        bool isBest = profit is not null && profit == best;
        yield return isBest ? $"[bold]{lane.Lane.Name.EscapeMarkup()}[/]" : lane.Lane.Name.EscapeMarkup();
        foreach (string key in keys) yield return LanesFiles.ValueOf(lane, key).EscapeMarkup();
        yield return profit is { } known ? $"[{(known < 0 ? "red" : "green")}]{(known > 0 ? "+" : "")}{known.ToString("#,##0.00", CultureInfo.InvariantCulture)}[/]" : "";
        yield return run.Totals is { } totals ? totals.Fees.ToString("#,##0.00", CultureInfo.InvariantCulture) : "";
        yield return run.DrawdownMax is { } drawdown ? drawdown.ToString("0.000%", CultureInfo.InvariantCulture) : "";
        yield return double.IsFinite(lane.Result.Sharpe) ? lane.Result.Sharpe.ToString("0.00", CultureInfo.InvariantCulture) : "";
        yield return Count(run.OrderCount);
        yield return Count(run.FillCount);
        yield return lane.PositionMax.ToString("0.####", CultureInfo.InvariantCulture);
    }

    /// <summary>The last word of a key, where it is the only one that ends so.</summary>
    private static string ShortOf(string key, IReadOnlyList<string> keys)
    {
        string last = key[(key.LastIndexOf('.') + 1)..];
        return keys.Count(other => other.EndsWith("." + last, StringComparison.Ordinal)) == 1 ? last : key;
    }

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>Why a lane is not what was asked for: the books do not agree, or the first strategy that was halted.</summary>
    private static string Halted(LaneResult lane)
    {
        if (lane.Result.Books.Difference is { } difference) return $"ended, as the books do not agree: {difference}";
        StrategySummary strategy = lane.Result.Run.Strategies.First(strategy => strategy.Failure is not null);
        return $"{strategy.Name} was halted in {strategy.Failure!.Callback}: {strategy.Failure.Message}{HaltedText.Place(strategy.Failure)}";
    }
}
