using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Fathom.Domain;
using Fathom.Engine.Features.Catalog;
using Fathom.Host.Verify;

namespace Fathom.Host.Commands;

/// <summary><c>fathom verify</c>: every feature against a second implementation that shares nothing with it.</summary>
public static class VerifyCommand
{
    private const int SeedsDefault = 3;
    private const int SeedsMax = 100_000;

    /// <summary>Of the user's file: the witness computes each row from all rows before it.</summary>
    private const int DataRowsMax = 2_000;

    private static readonly Option<string> DataOption = new("--data") { Description = $"compare on your data too: bars (CSV: time,open,high,low,close,volume) or a market-by-order file (DBN); its first {DataRowsMax} rows", HelpName = "FILE" };
    private static readonly Option<string> InstrumentOption = new("--instrument") { Description = "symbol or the venue's number; needed when the DBN file has several", HelpName = "ID|SYMBOL" };
    private static readonly Option<string> SeedsOption = new("--seeds") { Description = $"how many seeds series and arguments are drawn from, 1..N [default: {SeedsDefault}]", HelpName = "N" };
    private static readonly Option<string[]> FeatureOption = new("--feature") { Description = "only these features [default: all]", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };

    public static Command Create() => Create(FeatureCatalog.All);

    /// <param name="features">Those that are compared.</param>
    public static Command Create(IReadOnlyList<FeatureInfo> features)
    {
        Command command = new("verify", "Compare every feature with a second implementation, in another language, on the same samples") { DataOption, InstrumentOption, SeedsOption, FeatureOption, CommandRun.JsonOption };
        return command.Runs(run => Verify(run, features));
    }

    private static int Verify(CommandRun run, IReadOnlyList<FeatureInfo> features)
    {
        IReadOnlyList<FeatureInfo> chosen = Chosen(run.Get(FeatureOption) ?? [], features);
        int seeds = Seeds(run.Get(SeedsOption));
        IReadOnlyList<FeatureTable> data = Data(run);
        long start = Stopwatch.GetTimestamp();
        using Witness witness = Witness.Start();
        double roundTrip = witness.RoundTrip();
        List<FeatureVerdict> verdicts = Judge(run, chosen, new Verification(witness, seeds, data, run.Stop));
        VerifyReport report = new(verdicts, seeds, data.Count == 0 ? null : string.Join("; ", data.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Name} {table.Rows:#,##0}"))), roundTrip, Stopwatch.GetElapsedTime(start).TotalSeconds);
        if (run.Screen.IsJson) run.Screen.WriteJson(json => VerifyJson.Write(json, report));
        else VerifyScreen.Write(run.Screen.Out, report);
        return report.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static List<FeatureVerdict> Judge(CommandRun run, IReadOnlyList<FeatureInfo> chosen, Verification verification)
    {
        using Terminal.Progress progress = run.Screen.StartProgress("Comparing");
        List<FeatureVerdict> verdicts = [];
        long samples = 0;
        foreach (FeatureInfo info in chosen)
        {
            verdicts.Add(verification.Judge(info));
            samples += verdicts[^1].Samples;
            progress.Update(samples, (double)verdicts.Count / chosen.Count);
        }
        return verdicts;
    }

    private static IReadOnlyList<FeatureInfo> Chosen(string[] names, IReadOnlyList<FeatureInfo> features) =>
        names.Length == 0 ? features : [.. names.Select(name => features.FirstOrDefault(info => info.Name == name) ?? FeatureCatalog.Find(name, "--feature"))];

    private static IReadOnlyList<FeatureTable> Data(CommandRun run)
    {
        if (run.Get(DataOption) is not { } file) return [];
        return file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? BarFile.Read(file, DataRowsMax) : MarketFile.Read(file, run.Get(InstrumentOption), DataRowsMax, run.Screen, run.Stop);
    }

    private static int Seeds(string? text)
    {
        if (text is null) return SeedsDefault;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) && seeds is >= 1 and <= SeedsMax) return seeds;
        throw new InputException("--seeds", $"'{text}'", $"a whole number from 1 to {SeedsMax}", $"Write --seeds {SeedsDefault}.");
    }
}
