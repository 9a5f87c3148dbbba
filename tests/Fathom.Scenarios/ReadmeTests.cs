using System.Diagnostics;
using System.Text.Json;
using Fathom.Host;

namespace Fathom.Scenarios;

/// <summary>What the README tells a newcomer to type works, line by line and in that order, in a folder that has nothing but the samples and their strategies.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-readme").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_command_that_needs_no_file_of_the_reader_ends_well()
    {
        string root = Places.Root;
        CopyFolder(Path.Combine(root, "samples"), Path.Combine(_folder, "samples"));
        CopyFolder(Path.Combine(root, "strategies", "csharp", "risk"), Path.Combine(_folder, "strategies", "csharp", "risk"));

        string[] commands = [.. File.ReadLines(Path.Combine(root, "README.md")).Where(line => line.StartsWith("./fathom ", StringComparison.Ordinal) && !line.Contains("YOURS", StringComparison.Ordinal))];
        Assert.True(commands.Length >= 5, "the README shows the demo and the next five");
        foreach (string command in commands) Run(command.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);
        Assert.True(File.Exists(Path.Combine(_folder, "runs", "wider", "report.html")), "one of them changes a parameter");
        Assert.Equal(Fingerprint("demo/quoter"), Fingerprint("quickstart"));
        Assert.NotEqual(Fingerprint("quickstart"), Fingerprint("wider"));
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private string Fingerprint(string run)
    {
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "runs", run, "summary.json")));
        return summary.RootElement.GetProperty("fingerprint").GetString()!;
    }

    private void Run(string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"fathom {string.Join(' ', arguments)}: {error.Result}");
    }
}
