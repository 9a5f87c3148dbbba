using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Ports;
using Fathom.Domain.Segments;
using Fathom.Journal.Files;

namespace Fathom.Journal.Recordings;

/// <summary>Opens a recording. What can be wrong with its manifest, its configuration, and which segments are there, is said at once; what is wrong inside a segment, before the first message of the block where it is.</summary>
public sealed class RecordingReader
{
    private const int ConfigurationLengthMax = 16 << 20;
    private const string Missing = "The recording is not whole: bring it back from where it was copied, or record the run again.";

    private readonly string _folder;
    private readonly ICompressor? _compressor;

    private RecordingReader(string folder, RecordingManifest manifest, byte[] configuration, ICompressor? compressor)
    {
        _folder = folder;
        _compressor = compressor;
        Manifest = manifest;
        Configuration = configuration;
    }

    public RecordingManifest Manifest { get; }

    /// <summary>The configuration that gives the run again, as UTF-8 text.</summary>
    public ReadOnlyMemory<byte> Configuration { get; }

    /// <param name="compressor">For compressed blocks; null: none can be read.</param>
    /// <exception cref="InputException">No recording, or not a whole one.</exception>
    public static RecordingReader Open(string folder, ICompressor? compressor)
    {
        RequireFolder(folder);
        string path = Path.Combine(folder, RecordingFiles.Manifest);
        RecordingManifest manifest = RecordingManifest.Parse(RecordingFiles.ReadAll(path, "the manifest of a recording", RecordingManifest.LengthMax), path);
        string configurationPath = Path.Combine(folder, RecordingFiles.Configuration);
        byte[] configuration = RecordingFiles.ReadAll(configurationPath, "the configuration of the recorded run", ConfigurationLengthMax);
        if (configuration.Length != manifest.ConfigurationLength || Xxh3.Hash128(configuration) != manifest.Configuration)
            throw new InputException(configurationPath, "an altered configuration", "the one that was recorded, which has the hash in the manifest", "Bring it back. To run with other values use 'fathom backtest' with a copy of it.");
        RequireSegments(folder, manifest);
        return new RecordingReader(folder, manifest, configuration, compressor);
    }

    /// <summary>What the engine consumed.</summary>
    public RecordedMessages OpenInputs() => Messages(SegmentKind.Inputs);

    /// <summary>What the engine published.</summary>
    public RecordedMessages OpenOutputs() => Messages(SegmentKind.Outputs);

    /// <exception cref="InputException">The segment is another one than the manifest means.</exception>
    internal static void RequireHeader(RecordedSegment segment, SegmentFileReader file, string path)
    {
        SegmentHeader header = file.Header;
        if (header.Kind != segment.Kind || header.Number != segment.Number || header.FirstMessage != segment.FirstMessage)
            throw new InputException(path, $"segment {header.Number} of the {RecordingFiles.WordOf(header.Kind)}, from message {header.FirstMessage}",
                $"segment {segment.Number} of the {RecordingFiles.WordOf(segment.Kind)}, from message {segment.FirstMessage}", "Files were renamed: give them back their names.");
    }

    private RecordedMessages Messages(SegmentKind kind) => new(_folder, Manifest.Segments.Where(segment => segment.Kind == kind), _compressor);

    private static void RequireFolder(string folder)
    {
        if (File.Exists(folder)) throw new InputException(folder, "a file", "the folder of a recording", "Name the folder that --record was given.");
        if (!Directory.Exists(folder)) throw new InputException(folder, "no such folder", "the folder of a recording", "Make one: fathom backtest CONFIG --record DIR");
        if (File.Exists(Path.Combine(folder, RecordingFiles.Manifest))) return;
        bool isUnfinished = Directory.EnumerateFiles(folder).Any(path => RecordingFiles.IsSegment(path) || (RecordingFiles.IsPartial(path) && RecordingFiles.IsOfRecording(path)));
        throw isUnfinished
            ? new InputException(folder, $"a recording without its {RecordingFiles.Manifest}: its run did not come to its end, or the file is lost", "a whole recording", "Record the run again.")
            : new InputException(folder, $"no {RecordingFiles.Manifest}", "the folder of a recording", "Make one: fathom backtest CONFIG --record DIR");
    }

    private static void RequireSegments(string folder, RecordingManifest manifest)
    {
        SortedSet<string> listed = new(StringComparer.Ordinal);
        foreach (RecordedSegment segment in manifest.Segments)
        {
            string path = RecordingFiles.PathOf(folder, segment.Kind, segment.Number);
            listed.Add(path);
            using SegmentFileReader file = new(path, compressor: null);
            if (file.Header.JournalId != manifest.JournalId)
                throw new InputException(path, $"a segment of another run ({file.Header.JournalId:x16})", $"one of run {manifest.JournalId:x16}", Missing);
            RequireHeader(segment, file, path);
            if (file.Length != segment.Length)
                throw new InputException(path, file.Length < segment.Length ? $"a truncated segment of {file.Length} bytes" : $"{file.Length} bytes", $"{segment.Length}, as the manifest says", Missing);
            RequireContent(segment, path);
        }
        foreach (string path in Directory.EnumerateFiles(folder).Where(RecordingFiles.IsSegment))
            if (!listed.Contains(path)) throw new InputException(path, "a segment that the manifest does not know", "those that it lists", "Move it away: it is of another recording.");
    }

    /// <summary>The footer says what the messages are: of two runs with one configuration it tells them apart before anything is read.</summary>
    private static void RequireContent(RecordedSegment segment, string path)
    {
        using FileStream file = RecordingFiles.Open(path, "a segment of a recording");
        Span<byte> bytes = stackalloc byte[SegmentFormat.HeaderLength];
        file.Position = file.Length - Unsafe.SizeOf<SegmentEnd>();
        file.ReadExactly(bytes[..Unsafe.SizeOf<SegmentEnd>()]);
        SegmentEnd end = MemoryMarshal.Read<SegmentEnd>(bytes);
        bool hasEnd = end.Magic == SegmentEnd.MagicOfEnds && end.FooterLength >= SegmentFormat.FooterLength(0) && end.FooterLength <= file.Length - SegmentFormat.HeaderLength;
        if (hasEnd)
        {
            file.Position = file.Length - end.FooterLength;
            file.ReadExactly(bytes);
            SegmentFooter footer = MemoryMarshal.Read<SegmentFooter>(bytes);
            if (footer.Magic == SegmentFooter.MagicOfFooters && footer.MessageCount == segment.MessageCount && footer.Content == segment.Content) return;
        }
        throw new InputException(path, "other messages, or an altered footer", $"the {segment.MessageCount} messages that the manifest knows", Missing);
    }
}
