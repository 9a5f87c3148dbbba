using System.Globalization;
using Fathom.Domain.Messages;
using Fathom.Simulation.Faults;
using Spectre.Console;

namespace Fathom.Host.Torture;

/// <summary>What came of schedules, for the eyes.</summary>
internal static class TortureScreen
{
    /// <param name="page">The page that was written; null when none was.</param>
    public static void Write(IAnsiConsole console, TortureReport report, string? page)
    {
        TortureCounts counts = report.Result.Counts;
        console.Write(Text.NewLine);
        console.Write(new Rule($"[bold]{report.Title.EscapeMarkup()}[/]").LeftJustified());
        console.MarkupLine($"[grey]schedules[/]        [bold]{Count(report.Result.Schedules)}[/] in {report.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s: [bold]{Count((long)report.SchedulesPerMinute)} a minute[/]");
        console.MarkupLine($"[grey]orders[/]           {Count(counts.Commands)} submissions, cancels and replacements; {Count(counts.Reports)} reports, {Count(counts.Fills)} fills");
        console.MarkupLine($"[grey]faults struck[/]    {Count(counts.FaultCount)}: {List(FaultNames.All, counts.Faults, FaultNames.Of).EscapeMarkup()}");
        console.MarkupLine($"[grey]refused[/]          {Or(List(counts.Refusals.Keys, reason => counts.Refusals[reason], MessageWords.Spoken), "nothing").EscapeMarkup()}");
        console.MarkupLine($"[grey]risk[/]             {Count(counts.StateChanges)} changes of state, {Count(counts.Adjustments)} wants made smaller; {Count(counts.LiquidationOrders)} orders of liquidations, {Count(counts.ExitOrders)} of exits");
        console.MarkupLine($"[grey]kill switches[/]    {Or(List(Enum.GetValues<KillCause>(), counts.Kills, MessageWords.Spoken), "none").EscapeMarkup()}; {Count(counts.Rearms)} turned off again");
        console.MarkupLine($"[grey]doubts[/]           {Count(counts.Unknowns)} times an order was unknown; {Count(counts.Queries)} questions about one order, {Count(counts.Snapshots)} about all");
        console.MarkupLine($"[grey]settled[/]          {Count(counts.Reconciliations)} reconciliations; {Or(List(Enum.GetValues<DifferenceKind>(), counts.Differences, MessageWords.Spoken), "no difference").EscapeMarkup()}");
        console.MarkupLine($"[grey]anomalies[/]        {Or(List(Enum.GetValues<AnomalyKind>(), counts.Anomalies, MessageWords.Spoken), "none").EscapeMarkup()}");
        console.MarkupLine($"[grey]rebuilt[/]          {Count(counts.Replays)} times by replay, with the same outputs");
        if (counts.Commands < report.Result.Schedules)
            console.MarkupLine("[yellow]![/] In most schedules the strategies sent no order, so little was tested: run more of the market (--messages), or start elsewhere (--set data.start=…)");
        if (page is not null) console.MarkupLine($"[grey]page[/]             [bold]{page.EscapeMarkup()}[/]: open it in a browser");
        if (report.Result.First is { } failure) WriteFailure(console, report, failure);
        else console.MarkupLine("[green]all laws held[/]");
        if (report.Again is not null)
        {
            console.MarkupLine("[grey]again with[/]");
            console.Profile.Out.Writer.WriteLine($"  {report.Again}");      // never broken: it is there to be copied
        }
    }

    private static void WriteFailure(IAnsiConsole console, TortureReport report, TortureOutcome failure)
    {
        string broken = string.Join(", ", report.Result.FailuresByLaw.Select(law => $"{law.Key} {Count(law.Value)}"));
        console.MarkupLine($"[red]{Count(report.Result.Failures)} of {Count(report.Result.Schedules)} schedules broke a law[/]: {broken.EscapeMarkup()}");
        TortureOutcome shown = report.Shown ?? failure;
        console.MarkupLine($"[grey]seed[/]             {failure.Seed}");
        console.MarkupLine($"[grey]law[/]              [red]{(shown.Law ?? failure.Law!).EscapeMarkup()}[/]");
        console.MarkupLine($"[grey]at[/]               event {Count(shown.Step)}, {shown.Time}");
        console.MarkupLine($"[grey]found[/]            {shown.Detail.EscapeMarkup()}");
    }

    private static string List<T>(IEnumerable<T> kinds, Func<T, long> count, Func<T, string> name) =>
        string.Join(", ", kinds.Where(kind => count(kind) > 0).OrderByDescending(count).Select(kind => $"{name(kind)} {Count(count(kind))}"));

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    internal static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
