using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Segments;

namespace Fathom.Journal.Recordings;

/// <summary>The files of a recording's folder: their names, and opening them.</summary>
public static class RecordingFiles
{
    public const string Manifest = "manifest.txt", Configuration = "config.toml";

    private const string Extension = ".segment", Partial = ".partial";

    private static readonly SegmentKind[] Kinds = [SegmentKind.Inputs, SegmentKind.Outputs];

    /// <summary>The name of a segment's file: <c>inputs-000001.segment</c>.</summary>
    public static string NameOf(SegmentKind kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{WordOf(kind)}-{number:000000}{Extension}");

    internal static string PathOf(string folder, SegmentKind kind, int number) => Path.Combine(folder, NameOf(kind, number));

    internal static string WordOf(SegmentKind kind) => kind == SegmentKind.Inputs ? "inputs" : "outputs";

    /// <summary>What a file is called until the recording is whole.</summary>
    internal static string PartialOf(string path) => path + Partial;

    internal static string WholeOf(string path) => IsPartial(path) ? path[..^Partial.Length] : path;

    internal static bool IsPartial(string path) => path.EndsWith(Partial, StringComparison.Ordinal);

    /// <summary>A file's name is a segment's.</summary>
    internal static bool IsSegment(string path)
    {
        string name = Path.GetFileName(path);
        foreach (SegmentKind kind in Kinds)
        {
            string start = WordOf(kind) + "-";
            if (!name.StartsWith(start, StringComparison.Ordinal) || !name.EndsWith(Extension, StringComparison.Ordinal) || name.Length <= start.Length + Extension.Length) continue;
            if (int.TryParse(name[start.Length..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && name == NameOf(kind, number)) return true;
        }
        return false;
    }

    /// <summary>A file's name is one that a recording, whole or broken off, may have left.</summary>
    internal static bool IsOfRecording(string path)
    {
        string whole = WholeOf(path);
        return Path.GetFileName(whole) is Manifest or Configuration || IsSegment(whole);
    }

    /// <summary>Opens a file to be written by nobody else: a second recording into the folder is refused by it, before anything is cut off.</summary>
    /// <exception cref="InputException">It cannot be made, or somebody else is writing it.</exception>
    internal static FileStream Make(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, failure);
        }
    }

    /// <exception cref="InputException">No such file, or it may not be read.</exception>
    internal static FileStream Open(string path, string kind)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(path, "no such file", kind, "The recording is not whole: bring the file back from where it was copied, or record the run again.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"a file that does not open ({failure.Message})", kind, "Allow reading it, or copy the recording again.");
        }
    }

    /// <summary>Reads a small file at once.</summary>
    /// <exception cref="InputException">As of <see cref="Open"/>, or longer than allowed.</exception>
    internal static byte[] ReadAll(string path, string kind, int lengthMax)
    {
        using FileStream file = Open(path, kind);
        if (file.Length > lengthMax) throw new InputException(path, $"{file.Length} bytes", $"{kind} of at most {lengthMax}", "Bring the file back from where it was copied.");
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    internal static InputException Unwritable(string path, Exception failure) =>
        new(path, $"a place that cannot be written ({failure.Message})", "a writable folder with room", "Choose another place with --record, or make room.");
}
