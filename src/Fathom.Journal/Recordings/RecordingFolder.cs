using Fathom.Domain;
using Fathom.Journal.Files;

namespace Fathom.Journal.Recordings;

/// <summary>A recording's folder from the writer's side: it takes nothing away that it has not made, and shows nothing that is not whole.</summary>
internal static class RecordingFolder
{
    private const string Expected = "an empty folder, a new one, or an earlier recording of the same run";
    private const string Fix = "Name another folder with --record, or remove this one.";

    /// <exception cref="InputException">The folder is a file, or holds what is no recording of this run.</exception>
    public static void RequireFree(string folder, ulong journalId)
    {
        if (File.Exists(folder)) throw new InputException(folder, "a file", "a folder for the recording", "Name another place with --record.");
        if (!Directory.Exists(folder)) return;
        string[] entries = [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)];
        foreach (string entry in entries)
            if (Directory.Exists(entry) || !RecordingFiles.IsOfRecording(entry)) throw new InputException(folder, $"'{Path.GetFileName(entry)}', which is no file of a recording", Expected, Fix);

        string manifest = Path.Combine(folder, RecordingFiles.Manifest);
        if (File.Exists(manifest)) RequireSame(folder, RecordingManifest.Parse(RecordingFiles.ReadAll(manifest, "the manifest of a recording", RecordingManifest.LengthMax), manifest).JournalId, journalId);
        else if (entries.Any(entry => Path.GetFileName(entry) == RecordingFiles.Configuration) && !entries.Any(entry => RecordingFiles.IsSegment(RecordingFiles.WholeOf(entry))))
            throw new InputException(folder, $"'{RecordingFiles.Configuration}' of something else", Expected, Fix);
        foreach (string segment in entries.Where(RecordingFiles.IsSegment))
        {
            using SegmentFileReader reader = new(segment, compressor: null);
            RequireSame(folder, reader.Header.JournalId, journalId);
        }
    }

    /// <returns>Folders that were made, innermost first.</returns>
    /// <exception cref="InputException">It cannot be made.</exception>
    public static IReadOnlyList<string> Make(string folder)
    {
        List<string> made = [];
        for (string? missing = folder; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing)) made.Add(missing);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw RecordingFiles.Unwritable(folder, failure);
        }
        return made;
    }

    /// <summary>Lets the recording appear. Its manifest goes first if there is one, and comes last: in between the folder holds no recording.</summary>
    /// <exception cref="InputException">The disk is full, or gone.</exception>
    public static void Publish(string folder, RecordingManifest manifest, byte[] configuration)
    {
        string manifestPath = Path.Combine(folder, RecordingFiles.Manifest);
        try
        {
            Write(RecordingFiles.PartialOf(Path.Combine(folder, RecordingFiles.Configuration)), configuration);
            Write(RecordingFiles.PartialOf(manifestPath), manifest.ToBytes());
            File.Delete(manifestPath);
            foreach (string old in Directory.GetFiles(folder).Where(RecordingFiles.IsSegment)) File.Delete(old);
            foreach (RecordedSegment segment in manifest.Segments) Name(RecordingFiles.PathOf(folder, segment.Kind, segment.Number));
            Name(Path.Combine(folder, RecordingFiles.Configuration));
            Name(manifestPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw RecordingFiles.Unwritable(folder, failure);
        }
    }

    /// <summary>Removes what is not whole, and folders that were made for nothing.</summary>
    /// <param name="isOurs">The unfinished files are this writer's, or a dead one's; false when somebody else may be writing them.</param>
    public static void Clear(string folder, IReadOnlyList<string> made, bool isOurs)
    {
        if (isOurs && Directory.Exists(folder))
            foreach (string partial in Directory.GetFiles(folder).Where(path => RecordingFiles.IsPartial(path) && RecordingFiles.IsOfRecording(path))) File.Delete(partial);
        foreach (string empty in made)
        {
            if (!Directory.Exists(empty) || Directory.EnumerateFileSystemEntries(empty).Any()) return;
            Directory.Delete(empty);
        }
    }

    private static void RequireSame(string folder, ulong found, ulong journalId)
    {
        if (found != journalId) throw new InputException(folder, $"a recording of another run ({found:x16})", $"{Expected} ({journalId:x16})", Fix);
    }

    private static void Name(string path) => File.Move(RecordingFiles.PartialOf(path), path, overwrite: true);

    private static void Write(string path, byte[] bytes)
    {
        using FileStream file = RecordingFiles.Make(path);
        file.Write(bytes);
    }
}
