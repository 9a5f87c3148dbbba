using System.Text.Json;
using Fathom.Host;

namespace Fathom.Tests.Host.Commands;

public sealed class DataGenerateCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fathom-generate-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void It_writes_the_file_and_says_what_is_in_it()
    {
        string path = Path.Combine(_directory, "market.dbn");
        (int exitCode, string output, _) = Run("data", "generate", "--preset", "demo", "--events", "5000", "--seed", "3", "--out", path, "--json");
        Assert.Equal(0, exitCode);
        JsonElement answer = JsonDocument.Parse(output).RootElement;
        Assert.Equal(new FileInfo(path).Length, answer.GetProperty("bytes").GetInt64());
        Assert.Equal(5_000, answer.GetProperty("messages").GetInt64() - answer.GetProperty("snapshot_messages").GetInt64());
        double shares = answer.GetProperty("share").EnumerateObject().Sum(share => share.Value.GetDouble());
        Assert.Equal(1, shares, 1e-9);
    }

    [Fact]
    public void The_table_names_preset_and_seed()
    {
        (int exitCode, string output, _) = Run("data", "generate", "--events", "2000", "--seed", "77", "--out", Path.Combine(_directory, "market.dbn"));
        Assert.Equal(0, exitCode);
        Assert.Contains("demo", output, StringComparison.Ordinal);
        Assert.Contains("seed 77", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench", "1000", "1", "market.dbn", "bench-1")]
    [InlineData("demo", "0", "1", "market.dbn", "events")]
    [InlineData("demo", "1000", "0", "market.dbn", "instruments")]
    [InlineData("bench-1", "1000", "50000", "market.dbn", "live orders")]
    [InlineData("demo", "1000", "1", "market.csv", ".dbn.zst")]
    [InlineData("demo", "1000", "1", "missing/market.dbn", "missing")]
    public void Nonsense_is_refused_and_nothing_is_written(string preset, string events, string instruments, string file, string named)
    {
        (int exitCode, _, string error) =
            Run("data", "generate", "--preset", preset, "--events", events, "--instruments", instruments, "--out", Path.Combine(_directory, file));
        Assert.Equal(2, exitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int exitCode = Program.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
