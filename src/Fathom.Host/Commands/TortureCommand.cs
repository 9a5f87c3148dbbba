using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Fathom.Domain;
using Fathom.Host.Configuration;
using Fathom.Host.Terminal;
using Fathom.Host.Torture;
using Fathom.Simulation.Faults;
using Spectre.Console;

namespace Fathom.Host.Commands;

/// <summary><c>fathom torture</c>: strategies against a hostile venue, judged by laws.</summary>
public static class TortureCommand
{
    private const int ThreadsMax = 256;

    private static readonly SeedRange SeedsDefault = new(1, 1_000);

    private static readonly Argument<string?> ConfigArgument = new("CONFIG")
    {
        Description = "a configuration file (TOML): its strategies, limits, account, fees, latencies and data; without one, random traders and a quoter on generated markets",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> SetOption = new("--set") { Description = "change a value of the configuration (may be repeated)", HelpName = "key=value" };
    private static readonly Option<string> SeedsOption = new("--seeds") { Description = $"one schedule of faults for each seed [default: {SeedsDefault}]", HelpName = "FIRST..LAST" };
    private static readonly Option<string> SeedOption = new("--seed") { Description = "run one schedule only, and show what happens in it", HelpName = "N" };
    private static readonly Option<string> ScheduleOption = new("--schedule") { Description = "run this schedule: seed=7,messages=500,acceptance_lost@120,restart@400", HelpName = "TEXT" };
    private static readonly Option<string> MessagesOption = new("--messages") { Description = $"market messages that each schedule runs [default: {TortureSettings.DataDefault} of a configuration's data, {TortureSettings.GeneratedDefault} of a generated market]", HelpName = "N" };
    private static readonly Option<string> ThreadsOption = new("--threads") { Description = "schedules that run at once; the result is the same [default: one for each processor]", HelpName = "N" };
    private static readonly Option<bool> StopOption = new("--stop-at-first") { Description = "stop at the first schedule that breaks a law" };
    private static readonly Option<bool> AsFoundOption = new("--as-found") { Description = "show a schedule that breaks a law as it was found; do not look for a shorter one" };
    private static readonly Option<string> OutOption = new("--out") { Description = "folder for torture.html: what happened, and a diagram of the schedule that failed or was asked for", HelpName = "DIR" };

    public static Command Create()
    {
        Command command = new("torture", "Run strategies against a venue that loses, delays, repeats and forges, and check the laws that must hold all the same")
        {
            ConfigArgument, SetOption, SeedsOption, SeedOption, ScheduleOption, MessagesOption, ThreadsOption, StopOption, AsFoundOption, OutOption, CommandRun.JsonOption,
        };
        return command.Runs(Torment);
    }

    private static int Torment(CommandRun run)
    {
        RequireOneKindOfQuestion(run);
        ulong? seed = run.Get(SeedOption) is { } number ? Seed(number) : null;
        FaultSchedule? given = run.Get(ScheduleOption) is { } text ? Schedule(text, seed) : null;
        SeedRange seeds = run.Get(SeedsOption) is { } range ? SeedRange.Parse(range) : SeedsDefault;
        int messages = Number(run, MessagesOption, run.Get(ConfigArgument) is null ? TortureSettings.GeneratedDefault : TortureSettings.DataDefault, TortureSettings.MessagesMax), threads = Number(run, ThreadsOption, Environment.ProcessorCount, ThreadsMax);
        TortureSettings settings = Settings(run, messages);
        foreach (string warning in settings.Warnings) run.Screen.WriteWarning(warning);
        using TortureFolder? folder = run.Get(OutOption) is { } path ? TortureFolder.Create(path) : null;

        FaultSchedule? one = given ?? (seed is { } only ? FaultSchedule.Of(only, settings.Options) : null);
        long start = Stopwatch.GetTimestamp();
        SweepResult result = one is null ? Sweep(run, settings, seeds, threads) : One(settings, one);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TortureReport report = Report(run, settings, result, seconds, one, isAsFound: given is not null || run.Get(AsFoundOption));
        folder?.Write(report);
        if (run.Screen.IsJson) run.Screen.WriteJson(json => TortureJson.Write(json, report, folder?.Page));
        else TortureScreen.Write(run.Screen.Out, report, folder?.Page);
        return result.First is null ? ExitCode.Done : ExitCode.Failed;
    }

    private static TortureSettings Settings(CommandRun run, int messages)
    {
        string[] sets = run.Get(SetOption) ?? [];
        if (run.Get(ConfigArgument) is { } file) return TortureSettings.Of(ConfigurationLayers.Load(file, sets), messages);
        if (sets.Length > 0) throw new InputException($"--set {sets[0]}", "no configuration", "a CONFIG whose value it changes", "Name a configuration file, or leave --set out.");
        return TortureSettings.Default(messages);
    }

    private static SweepResult Sweep(CommandRun run, TortureSettings settings, SeedRange seeds, int threads)
    {
        ScheduleSweep sweep = new(seeds, threads, run.Get(StopOption), seed => Simulation.Faults.Torture.Run(settings.Setup, FaultSchedule.Of(seed, settings.Options)));
        using Terminal.Progress progress = run.Screen.StartProgress($"{seeds.Count:N0} schedules");
        return sweep.Run((schedules, events) => progress.Update(events, (double)schedules / seeds.Count), run.Stop);
    }

    private static SweepResult One(TortureSettings settings, FaultSchedule schedule)
    {
        TortureOutcome outcome = Simulation.Faults.Torture.Run(settings.Setup, schedule);
        Dictionary<string, long> failures = outcome.Law is { } law ? new() { [law] = 1 } : [];
        return new SweepResult(1, outcome.Counts, outcome.Passed ? null : outcome, failures);
    }

    /// <summary>A schedule that failed is made short; the one that is shown is run once more with a recorder.</summary>
    /// <param name="one">The only one that was run; null when many were.</param>
    /// <param name="isAsFound">No shorter one is to be looked for.</param>
    private static TortureReport Report(CommandRun run, TortureSettings settings, SweepResult result, double seconds, FaultSchedule? one, bool isAsFound)
    {
        FaultSchedule? shown = one;
        if (result.First is { } failure && isAsFound) shown = failure.Schedule;
        else if (result.First is { } found)
        {
            if (!run.Screen.IsJson) run.Screen.Error.MarkupLine($"[grey]Seed {found.Seed} broke '{found.Law!.EscapeMarkup()}'; looking for the shortest schedule that does[/]");
            shown = Shrinker.Shrink(settings.Setup, found.Schedule, found);
        }
        if (shown is null) return new TortureReport(settings.Title, result, seconds, null, null, null);
        TraceRecorder trace = new();
        TortureOutcome outcome = Simulation.Faults.Torture.Run(settings.Setup, shown, trace);
        return new TortureReport(settings.Title, result, seconds, outcome, trace, Again(run, shown));
    }

    /// <summary>The line that runs a schedule again.</summary>
    private static string Again(CommandRun run, FaultSchedule schedule)
    {
        List<string> words = ["fathom", "torture"];
        if (run.Get(ConfigArgument) is { } file) words.Add(Quoted(file));
        foreach (string set in run.Get(SetOption) ?? []) words.AddRange(["--set", Quoted(set)]);
        if (run.Get(MessagesOption) is { } messages) words.AddRange(["--messages", Quoted(messages)]);
        words.AddRange(["--schedule", $"\"{schedule}\""]);
        return string.Join(' ', words);
    }

    private static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-' or '=' or ':' or ',') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void RequireOneKindOfQuestion(CommandRun run)
    {
        if (run.Get(SeedsOption) is null) return;
        string? other = run.Get(SeedOption) is not null ? "--seed" : run.Get(ScheduleOption) is not null ? "--schedule" : null;
        if (other is not null) throw new InputException("--seeds", $"{other} too", "either many seeds or one schedule", "Leave one of them out.");
    }

    /// <param name="seed">Of <c>--seed</c>; null when it was left out.</param>
    private static FaultSchedule Schedule(string text, ulong? seed)
    {
        FaultSchedule schedule;
        try
        {
            schedule = FaultSchedule.Parse(text);
        }
        catch (InputException wrong)
        {
            throw new InputException("--schedule", wrong.Found, wrong.Expected, wrong.Fix);
        }
        if (seed is not { } stated) return schedule;
        if (text.Contains("seed=", StringComparison.Ordinal) && schedule.Seed != stated)
            throw new InputException("--seed", $"{stated}, and seed={schedule.Seed} in --schedule", "the same seed in both", "Leave --seed out: the schedule has one.");
        return new FaultSchedule(stated, schedule.Messages, schedule.Faults);
    }

    private static ulong Seed(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed
        : throw new InputException("--seed", $"'{text}'", "a whole number, 0 or more", "Write --seed 17.");

    private static int Number(CommandRun run, Option<string> option, int fallback, int max)
    {
        if (run.Get(option) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= max) return number;
        throw new InputException(option.Name, $"'{text}'", $"a whole number from 1 to {max}", $"Write {option.Name} {Math.Min(fallback, max)}.");
    }
}
