using Fathom.Data.Dbn;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>The section <c>[data]</c>, bound to the options of the readers.</summary>
internal static class MarketBinding
{
    /// <param name="start">When the run begins. All that stands before it in the data is read too: it builds the books.</param>
    public static DbnReadOptions BindReading(ConfigSection data, out Timestamp start)
    {
        start = data.TimestampOrNull("start") ?? Timestamp.Earliest;
        Timestamp end = data.TimestampOrNull("end") ?? Timestamp.None;
        if (start >= end) throw data.Refuse("start", $"a time before data.end ({end})", "Swap or change them.");
        return new DbnReadOptions
        {
            Definitions = data.FilePathOrNull("definitions"),
            Instruments = data.Strings("instrument"),
            AllowTruncated = data.Bool("allow_truncated", fallback: false, affectsResult: false),
            End = end,
        };
    }

    /// <summary>The files, in the order in which they are named: that of <c>file</c> or those of <c>files</c>.</summary>
    /// <exception cref="InputException">None is named, a pattern or folder has none, or both keys are written.</exception>
    public static MarketOptions Bind(ConfigSection data, DbnReadOptions reading)
    {
        string? file = data.FilePathOrNull("file");
        IReadOnlyList<string>? files = data.FilePathsOrNull("files", names => FileNames.Expand(names, IsMarketData, "market data"));
        if (file is not null && files is not null) throw data.Refuse("file", "either file or files", "Put all of them into files.");
        if (files is { Count: 0 }) throw data.Refuse("files", "at least one file, pattern or folder", "Name one.");
        IReadOnlyList<string> all = files ?? [file ?? data.FilePath("file")];
        return new MarketOptions { Files = [.. all.Select((path, i) => new MarketFile(path, all.Count == 1 ? "data" : $"data.{i}"))], Reading = reading };
    }

    private static bool IsMarketData(string path) => new FileInfo(path).Length > 0 && MarketFiles.FormatOf(path) == MarketFormat.Dbn;
}
