using Fathom.Domain;

namespace Fathom.Data.Files;

/// <summary>Opening what the user named. Everything that can be wrong with the name is said before anything runs.</summary>
public static class InputFile
{
    /// <summary>Opens for reading from the start to the end, unbuffered (readers here read in large blocks).</summary>
    /// <param name="path">As the user wrote it; relative to the current directory.</param>
    /// <param name="kind">What it should be, for the message: "a DBN file".</param>
    /// <param name="mayBeEmpty">Whether nothing is something: a configuration can be all defaults.</param>
    /// <exception cref="InputException">No such file, no possible name, a directory, no permission, or empty.</exception>
    public static FileStream Open(string path, string kind, bool mayBeEmpty = false)
    {
        Require(path, kind);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException(path, "a file that may not be read", kind, $"Allow it (chmod +r '{path}') or name another file.");
        }
        catch (IOException failure)
        {
            throw new InputException(path, $"a file that does not open ({failure.Message})", kind, "Name another file.");
        }
        if (mayBeEmpty || !file.CanSeek || file.Length > 0) return file;
        file.Dispose();
        throw new InputException(path, "an empty file", kind, "Name another file; a download or export that broke off leaves such ones.");
    }

    private static void Require(string path, string kind)
    {
        if (path.Length == 0) throw new InputException("file name", "nothing", $"the path of {kind}", "Name a file.");
        if (path.Contains('\0')) throw new InputException("file name", "a NUL character in it", $"the path of {kind}", "Name a file that can exist.");
        if (Directory.Exists(path)) throw new InputException(path, "a directory", kind, "Name a file in it.");
        if (!File.Exists(path)) throw new InputException(path, "no such file", kind, MissingFix(path));
    }

    private static string MissingFix(string path)
    {
        string full = Path.GetFullPath(path);
        return full == path ? "Check the path." : $"Check the path: it was looked for as '{full}'.";
    }
}
