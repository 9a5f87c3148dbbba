using System.Text.RegularExpressions;

namespace Fathom.Tests.Architecture;

/// <summary>The repository's files, as the architecture tests read them.</summary>
internal static partial class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root with '/', in ordinal order; build output, version control and what a run leaves behind are no part of it.</summary>
    public static IReadOnlyList<string> Files { get; } =
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !Generated().IsMatch(path))
            .Order(StringComparer.Ordinal)
            .ToArray();

    public static IEnumerable<string> FilesIn(string folder, string extension) =>
        Files.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal) && path.EndsWith(extension, StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The file without its comment lines.</summary>
    public static string ReadCode(string path) => CommentLine().Replace(Read(path), "");

    public static bool Exists(string path) => File.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Fathom.slnx"))) return directory.FullName;
        throw new InvalidOperationException("the tests run from their build output inside the repository");
    }

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|TestResults)/|^(\.git|\.vs|\.idea|runs|data)/|^\.git$")]
    private static partial Regex Generated();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentLine();
}
