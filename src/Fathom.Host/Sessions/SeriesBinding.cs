using Fathom.Data.Series;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>The sections <c>[[series]]</c>, bound to the options of their reader.</summary>
internal static class SeriesBinding
{
    private const int CountMax = 64;
    private static readonly Duration DelayMax = Duration.FromMilliseconds(366L * 86_400_000);

    /// <exception cref="InputException">A missing or impossible value.</exception>
    public static List<SeriesOptions> Bind(ConfigSection root)
    {
        IReadOnlyList<ConfigSection> sections = root.Tables("series");
        if (sections.Count > CountMax) throw new InputException("[[series]]", $"{sections.Count} of them", $"at most {CountMax}", "Put several values, or several keys, into one series.");
        List<SeriesOptions> all = [];
        foreach (ConfigSection section in sections)
        {
            SeriesOptions series = BindOne(section);
            if (all.Any(other => other.Name == series.Name)) throw section.Refuse("name", "another name than that of a series before it", "Each series has its own name.");
            all.Add(series);
        }
        return all;
    }

    private static SeriesOptions BindOne(ConfigSection section)
    {
        string name = section.String("name");
        if (name.Length == 0 || !NameText.TryFrom(name, out _)) throw section.Refuse("name", $"a name of 1 to {NameText.Length} bytes", "Choose another name.");
        SeriesOptions series = new()
        {
            Name = name,
            File = section.FilePath("file"),
            Time = section.String("time"),
            AvailableAt = section.StringOrNull("available_at"),
            Delay = section.DurationOrNull("delay", min: Duration.Zero, max: DelayMax) ?? Duration.Zero,
            Key = section.StringOrNull("key"),
            Values = section.Strings("values"),
        };
        if (series.AvailableAt is null == !section.Has("delay"))
            throw section.Refuse("delay", "either available_at or delay, which say when a strategy may know a point",
                "Write available_at = \"the column of that time\", or delay = \"1m\" for a minute after the point's time; delay = \"0s\" says that it is known at once.");
        if (series.Values.Count > SeriesValues.Length) throw section.Refuse("values", $"at most {SeriesValues.Length} columns", "Leave some out, or make a second series of the file.");
        if (series.Values.Distinct(StringComparer.Ordinal).Count() < series.Values.Count) throw section.Refuse("values", "each column once", "Remove what is there twice.");
        return series;
    }
}
