using System.IO.Enumeration;
using Fathom.Domain;

namespace Fathom.Data.Markets;

/// <summary>Files by names, by patterns and by folders.</summary>
/// <remarks>
/// Names stay in the order in which they are written. What a pattern or a folder finds is in ordinal order of the full paths, so that dates in names (<c>2026-01-05</c>) sort by time. A file that is found
/// twice is there once. In a pattern <c>*</c> stands for any part of a name, <c>?</c> for one character, <c>**</c> for any folders in between; hidden files are found by names only.
/// </remarks>
public static class FileNames
{
    private const int ShownMax = 12;
    private const string AnyFolders = "**";

    private static readonly EnumerationOptions s_visible = new() { AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false };

    /// <param name="names">Full paths of files, of folders, or with patterns in them.</param>
    /// <param name="isWanted">Which files of a folder are meant; asked only for those that a folder has, by their paths.</param>
    /// <param name="wanted">These in words, for messages: "market data".</param>
    /// <exception cref="InputException">A pattern or a folder that has none.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> names, Func<string, bool> isWanted, string wanted)
    {
        OrderedDictionary<string, bool> found = [];
        foreach (string name in names)
            foreach (string file in ExpandOne(name, isWanted, wanted)) found[file] = true;
        return [.. found.Keys];
    }

    private static IReadOnlyList<string> ExpandOne(string name, Func<string, bool> isWanted, string wanted)
    {
        if (File.Exists(name)) return [name];
        if (Directory.Exists(name)) return InFolder(name, isWanted, wanted);
        return name.AsSpan().ContainsAny('*', '?') ? Matching(name) : [name];      // one that is not there is refused by whoever opens it
    }

    private static string[] InFolder(string folder, Func<string, bool> isWanted, string wanted)
    {
        string[] all = [.. FilesOf(folder)];
        string[] files = [.. all.Where(isWanted)];
        if (files.Length > 0) return files;
        throw new InputException(folder, $"a folder without {wanted}: {Listed(folder)}", $"a folder with {wanted}", $"Name another one, or the files below it: {Path.Combine(folder, AnyFolders, "*")}");
    }

    private static string[] Matching(string pattern)
    {
        string[] parts = pattern.Split(Path.DirectorySeparatorChar);
        int first = Array.FindIndex(parts, part => part.AsSpan().ContainsAny('*', '?'));
        string root = first == 0 ? "." : string.Join(Path.DirectorySeparatorChar, parts[..first]) + Path.DirectorySeparatorChar;
        if (!Directory.Exists(root)) throw new InputException(pattern, $"no folder {root}", "a pattern that finds files", "Check the path.");
        string[] files = [.. Below(root, parts.AsMemory(first)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (files.Length > 0) return files;
        throw new InputException(pattern, $"no file of that pattern; in {root} there is {Listed(root)}", "at least one file", "Correct the pattern: * stands for any part of a name, ** for any folders in between.");
    }

    private static IEnumerable<string> Below(string folder, ReadOnlyMemory<string> parts)
    {
        string part = parts.Span[0];
        ReadOnlyMemory<string> rest = parts[1..];
        if (part == AnyFolders)
        {
            // "a/**" is all that lies below a; "a/**/b" also a/b.
            IEnumerable<string> here = rest.IsEmpty ? FilesOf(folder) : Below(folder, rest);
            return here.Concat(FoldersOf(folder).SelectMany(inner => Below(inner, parts)));
        }
        return rest.IsEmpty
            ? FilesOf(folder).Where(file => IsMatch(part, file))
            : FoldersOf(folder).Where(inner => IsMatch(part, inner)).SelectMany(inner => Below(inner, rest));
    }

    private static bool IsMatch(string pattern, string path) => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: false);

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*", s_visible).Order(StringComparer.Ordinal);

    private static IEnumerable<string> FoldersOf(string folder) => Directory.EnumerateDirectories(folder, "*", s_visible).Where(inner => new DirectoryInfo(inner).LinkTarget is null).Order(StringComparer.Ordinal);

    private static string Listed(string folder)
    {
        string[] all = [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Directory.Exists(entry) ? Path.GetFileName(entry) + "/" : Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
        if (all.Length == 0) return "nothing";
        return string.Join(", ", all.Take(ShownMax)) + (all.Length > ShownMax ? $" and {all.Length - ShownMax} more" : "");
    }
}
