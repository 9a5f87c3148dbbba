using System.Globalization;
using Spectre.Console;

namespace Fathom.Host.Verify;

/// <summary>What came of comparing features with the second witness, for the eyes.</summary>
internal static class VerifyScreen
{
    public static void Write(IAnsiConsole console, VerifyReport report)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("feature").AddColumn(Right("runs")).AddColumn(Right("samples"))
            .AddColumn(Right("difference")).AddColumn(Right("ulps")).AddColumn(Right("bound")).AddColumn("");
        foreach (FeatureVerdict verdict in report.Verdicts)
        {
            table.AddRow(new Text(verdict.Info.Name), new Text(Count(verdict.Runs)), new Text(Count(verdict.Samples)), new Text(Number(verdict.Largest?.Relative ?? 0)), new Text(Ulps(verdict.Largest)),
                new Text(Number(verdict.Info.Bound)), verdict.Passed ? new Markup("[green]ok[/]") : new Markup($"[red]{verdict.Failure!.EscapeMarkup()}[/]"));
        }
        console.Write(table);
        foreach (FeatureVerdict verdict in report.Verdicts)
            if (!verdict.Passed && verdict.Largest is { } largest) WriteDifference(console, verdict, largest);
        if (report.Data is not null) console.MarkupLine($"[grey]data[/]         {report.Data.EscapeMarkup()}");
        console.MarkupLine($"[grey]series[/]       {Count(SampleSeries.Kinds.Count)} kinds of samples, seeds 1..{report.Seeds}, in {report.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
        console.MarkupLine($"[grey]pipe[/]         {report.RoundTripMicros.ToString("0", CultureInfo.InvariantCulture)} µs there and back, the median of many");
        console.MarkupLine($"{Count(report.Verdicts.Count)} features, {(report.Failed == 0 ? "0 failed" : $"[red]{Count(report.Failed)} failed[/]")}");
    }

    private static void WriteDifference(IAnsiConsole console, FeatureVerdict verdict, FeatureDifference largest)
    {
        string output = largest.Output.Length == 0 ? "" : $" {largest.Output}";
        console.MarkupLine($"[red]{verdict.Info.Name}{output}[/] engine {Exact(largest.Engine)}, witness {Exact(largest.Witness)}: {largest.Arguments.EscapeMarkup()} on {largest.Series.EscapeMarkup()}, row {Count(largest.Row)}");
    }

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Ulps(FeatureDifference? largest) => largest is null ? "0" : double.IsNaN(largest.Ulps) ? "" : largest.Ulps < 1e6 ? Count((long)largest.Ulps) : Number(largest.Ulps);

    private static string Number(double number) => double.IsInfinity(number) ? "known or not" : number == 0 ? "0" : number.ToString("0.##e+0", CultureInfo.InvariantCulture);

    private static string Exact(double number) => double.IsNaN(number) ? "not known" : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
