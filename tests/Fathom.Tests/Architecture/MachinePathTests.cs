using System.Text.RegularExpressions;

namespace Fathom.Tests.Architecture;

/// <summary>Nothing in the repository knows the machine on which it was written.</summary>
public partial class MachinePathTests
{
    private const int TextBytesMax = 4 << 20;

    [Fact]
    public void No_file_names_a_folder_of_somebodys_machine()
    {
        List<string> breaches = [];
        foreach (string path in Repository.Files.Where(path => path != $"tests/Fathom.Tests/Architecture/{nameof(MachinePathTests)}.cs" && IsText(path)))
            if (MachinePath().Match(Repository.Read(path)) is { Success: true } found) breaches.Add($"{path}: {found.Value}");
        Assert.True(breaches.Count == 0, string.Join('\n', breaches));
    }

    private static bool IsText(string path)
    {
        using FileStream file = File.OpenRead(Path.Combine(Repository.Root, path));
        Span<byte> start = stackalloc byte[1024];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return file.Length <= TextBytesMax && !start[..length].Contains((byte)0);
    }

    [GeneratedRegex(@"(?<![\w.~/-])/(work|home|root|Users|tmp/[a-z]+)/\S*")]
    private static partial Regex MachinePath();
}
