using System.CommandLine;
using Fathom.Data.Dbn;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Books;

namespace Fathom.Host.Commands;

/// <summary><c>fathom book FILE</c>: an instrument's order book at a moment, or after every venue event.</summary>
internal static class BookCommand
{
    private const int LevelsMax = 1_000;

    private static readonly Argument<string> File = new("FILE") { Description = "a DBN file of market-by-order records, plain or zstd" };
    private static readonly Option<string?> Instrument = new("--instrument") { Description = "symbol or the venue's number; needed when the file has several", HelpName = "ID|SYMBOL" };
    private static readonly Option<string?> At = new("--at")
    {
        Description = "after the last complete venue event received by then: RFC 3339 with a zone, or nanoseconds",
        HelpName = "TIME",
    };
    private static readonly Option<int> Levels = new("--levels") { Description = "levels to show of each side", DefaultValueFactory = _ => 10, HelpName = "N" };
    private static readonly Option<bool> EveryEvent = new("--every-event") { Description = "a row per complete venue event, written to --csv" };
    private static readonly Option<string?> Csv = new("--csv") { Description = "where --every-event writes", HelpName = "OUT" };
    private static readonly Option<string?> Definitions = new("--definitions") { Description = "another DBN file that defines the instruments", HelpName = "FILE" };
    private static readonly Option<bool> AllowTruncated = new("--allow-truncated") { Description = "take the whole records of a file that ends inside one" };
    private static readonly Option<bool> Fragment = new("--fragment") { Description = "the file is records without a header" };
    private static readonly Option<int?> DbnVersion = new("--dbn-version") { Description = "version of a fragment, 1 to 3; inferred when not given", HelpName = "N" };

    public static Command Create()
    {
        Command command = new("book", "Show the order book of a market-by-order file, at a moment or after every event")
        {
            File, Instrument, At, Levels, EveryEvent, Csv, Definitions, AllowTruncated, Fragment, DbnVersion, CommandRun.JsonOption,
        };
        return command.Runs(Show);
    }

    private static int Show(CommandRun run)
    {
        int levels = run.Get(Levels);
        if (levels is < 1 or > LevelsMax) throw new InputException("--levels", $"{levels}", $"1 to {LevelsMax}", $"Ask for 1 to {LevelsMax} levels.");
        Timestamp? at = ReadTime(run.Get(At));
        if (run.Get(EveryEvent) != (run.Get(Csv) is not null))
            throw new InputException(run.Get(EveryEvent) ? "--every-event" : "--csv", "the one without the other", "both or neither", "Say --every-event --csv OUT.");

        using BookReplay replay = new(run.Get(File), ReadOptions(run), run.Stop);
        return run.Get(Csv) is string path ? WriteEvents(run, replay, at, path, levels) : ShowBook(run, replay, at, levels);
    }

    private static int ShowBook(CommandRun run, BookReplay replay, Timestamp? at, int levels)
    {
        Replay(run, replay, at, onEvent: null);
        if (run.Screen.IsJson) run.Screen.WriteJson(json => BookJson.Write(json, replay, levels));
        else BookLadder.Write(run.Screen.Out, replay, levels);
        return ExitCode.Done;
    }

    private static int WriteEvents(CommandRun run, BookReplay replay, Timestamp? at, string path, int levels)
    {
        OutputFile.RefuseInputs(path, run.Get(File), run.Get(Definitions));
        using BookEventCsv csv = new(path, levels);
        Replay(run, replay, at, csv.Add);
        csv.Complete();
        if (run.Screen.IsJson)
        {
            run.Screen.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("csv", path);
                json.WriteNumber("rows", csv.RowCount);
                json.WriteEndObject();
            });
        }
        else run.Screen.Out.Profile.Out.Writer.WriteLine($"{csv.RowCount} rows in {path}");
        return ExitCode.Done;
    }

    private static void Replay(CommandRun run, BookReplay replay, Timestamp? at, BookReplay.EventHandler? onEvent)
    {
        if (at is Timestamp time) replay.RunTo(time, run.Screen, onEvent);
        else replay.RunToEnd(run.Screen, onEvent);
    }

    private static Timestamp? ReadTime(string? text)
    {
        if (text is null) return null;
        return Timestamp.TryParse(text, out Timestamp time)
            ? time
            : throw new InputException("--at", $"'{text}'", "RFC 3339 with a zone, or integer nanoseconds", "Write it as 2025-09-29T13:30:00Z.");
    }

    private static DbnReadOptions ReadOptions(CommandRun run) => new()
    {
        Instruments = run.Get(Instrument) is string instrument ? [instrument] : [],
        Definitions = run.Get(Definitions),
        AllowTruncated = run.Get(AllowTruncated),
        IsFragment = run.Get(Fragment),
        Version = run.Get(DbnVersion),
    };
}
