using System.Globalization;
using System.Text;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Segments;

namespace Fathom.Journal.Recordings;

/// <summary>
/// What a recording consists of: lines of text, of which the last is the hash of all before it. Written last, under its name at once: a folder without it holds no recording.
/// <code>
/// fathom recording 1
/// journal 54f1c0a9b2e7d381
/// fingerprint 0c65…
/// configuration 812 9a3e…                     bytes, XXH3-128
/// segment inputs 1 1 1048576 67109632 77d0…   number, first message, messages, bytes of the file, XXH3-128 of the messages
/// fact driver.reports 1840
/// check 5be2…
/// </code>
/// </summary>
public sealed record RecordingManifest
{
    public const int Version = 1;

    /// <summary>Bytes of a manifest, at most: some hundred thousand segments.</summary>
    public const int LengthMax = 16 << 20;

    private const string Start = "fathom recording ";
    private const string Fix = "The file is damaged: bring it back from where it was copied, or record the run again.";

    /// <summary>The first 64 bits of the configuration's hash, as in the fingerprint.</summary>
    public required ulong JournalId { get; init; }

    /// <summary>Of the recorded run.</summary>
    public required Hash128 Fingerprint { get; init; }

    /// <summary>Bytes of the configuration's file.</summary>
    public required long ConfigurationLength { get; init; }

    /// <summary>XXH3-128 of the configuration's file.</summary>
    public required Hash128 Configuration { get; init; }

    /// <summary>All segments, the inputs' first, in their order.</summary>
    public required IReadOnlyList<RecordedSegment> Segments { get; init; }

    /// <summary>Numbers that whoever recorded wants to find again: names without a space, in his order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Facts { get; init; } = [];

    public long InputCount => CountOf(SegmentKind.Inputs);

    public long OutputCount => CountOf(SegmentKind.Outputs);

    /// <summary>The manifest as its file's bytes.</summary>
    public byte[] ToBytes()
    {
        StringBuilder text = new();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"{Start}{Version}");
        Line($"journal {JournalId:x16}");
        Line($"fingerprint {Fingerprint}");
        Line($"configuration {ConfigurationLength} {Configuration}");
        foreach (RecordedSegment segment in Segments)
            Line($"segment {RecordingFiles.WordOf(segment.Kind)} {segment.Number} {segment.FirstMessage} {segment.MessageCount} {segment.Length} {segment.Content}");
        foreach ((string name, long value) in Facts) Line($"fact {name} {value}");
        Line($"check {Xxh3.Hash128(Encoding.ASCII.GetBytes(text.ToString()))}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <param name="name">Of the file, for messages.</param>
    /// <exception cref="InputException">Another version, an altered or truncated manifest, or one whose segments do not follow each other.</exception>
    public static RecordingManifest Parse(ReadOnlySpan<byte> bytes, string name)
    {
        string[] lines = Encoding.Latin1.GetString(bytes).Split('\n');
        if (!lines[0].StartsWith(Start, StringComparison.Ordinal)) throw new InputException(name, "another first line", $"the manifest of a recording, which begins with '{Start}{Version}'", Fix);
        if (lines[0] != $"{Start}{Version}" && lines[0].Length <= Start.Length + 6)
            throw new InputException(name, $"a recording of version {lines[0][Start.Length..]}", $"version {Version}, which this program reads", "Use the Fathom that wrote it, or record the run again with this one.");
        RecordingManifest manifest;
        try
        {
            manifest = Parse(lines);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw Altered(name);
        }
        // Written anew it must be the same bytes: so no byte, a blank included, can have changed.
        if (!manifest.ToBytes().AsSpan().SequenceEqual(bytes)) throw Altered(name);
        RequireOrder(manifest, name);
        return manifest;
    }

    private static RecordingManifest Parse(string[] lines)
    {
        int at = 4;
        List<RecordedSegment> segments = [];
        List<KeyValuePair<string, long>> facts = [];
        for (; Words(lines[at])[0] == "segment"; at++) segments.Add(SegmentOf(Words(lines[at])));
        for (; Words(lines[at])[0] == "fact"; at++) facts.Add(new KeyValuePair<string, long>(Words(lines[at])[1], Number(Words(lines[at])[2])));
        string[] configuration = Words(lines[3]);
        return new RecordingManifest
        {
            JournalId = ulong.Parse(Words(lines[1])[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            Fingerprint = Hash(Words(lines[2])[1]),
            ConfigurationLength = Number(configuration[1]),
            Configuration = Hash(configuration[2]),
            Segments = segments,
            Facts = facts,
        };
    }

    private static RecordedSegment SegmentOf(string[] words) =>
        new(words[1] == "inputs" ? SegmentKind.Inputs : SegmentKind.Outputs, checked((int)Number(words[2])), Number(words[3]), Number(words[4]), Number(words[5]), Hash(words[6]));

    private static string[] Words(string line) => line.Split(' ');

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static Hash128 Hash(string text) => text.Length == 32
        ? new Hash128(ulong.Parse(text[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), ulong.Parse(text[16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
        : throw new FormatException();

    private static void RequireOrder(RecordingManifest manifest, string name)
    {
        int number = 0;
        long next = 1;
        SegmentKind kind = SegmentKind.None;
        foreach (RecordedSegment segment in manifest.Segments)
        {
            if (segment.Kind != kind) (kind, number, next) = (segment.Kind, 0, 1);
            if (segment.Number != ++number || segment.FirstMessage != next || segment.MessageCount < 0)
                throw new InputException(name, $"segment {segment.Number} of the {RecordingFiles.WordOf(kind)} with message {segment.FirstMessage}", $"segment {number} with message {next}", Fix);
            next += segment.MessageCount;
        }
        if (kind != SegmentKind.Outputs || manifest.Segments[0].Kind != SegmentKind.Inputs) throw new InputException(name, "not both inputs and outputs", "segments of both, the inputs' first", Fix);
    }

    private static InputException Altered(string name) => new(name, "an altered or truncated manifest: its hash is not that of its lines", "the manifest as it was written", Fix);

    private long CountOf(SegmentKind kind)
    {
        long sum = 0;
        foreach (RecordedSegment segment in Segments)
            if (segment.Kind == kind) sum += segment.MessageCount;
        return sum;
    }
}
