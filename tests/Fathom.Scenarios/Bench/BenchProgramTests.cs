using System.Diagnostics;
using System.Text.Json;
using Fathom.Benchmarks;

namespace Fathom.Scenarios.Bench;

/// <summary>The benchmarks as a process, small: they do not rot, each line has the one shape, and equal work has equal checksums.</summary>
public class BenchProgramTests
{
    [Fact]
    public void Book_answers_for_each_preset_what_the_slow_twin_answers()
    {
        Dictionary<string, JsonElement[]> presets = Results("book", "--events", "4000").GroupBy(line => line.GetProperty("preset").GetString()!)
            .ToDictionary(lines => lines.Key, lines => lines.ToArray());
        Assert.Equal(["bench-1", "bench-100", "wide"], presets.Keys);
        Assert.All(presets.Values, lines =>
        {
            Assert.Equal(["book", "direct", "prefetch", "slow twin"], lines.Select(line => line.GetProperty("what").GetString()));
            Assert.Single(lines.Select(ChecksumOf).Distinct());
            Assert.All(lines, line => Assert.True(line.GetProperty("ratio_to_slow_twin").GetDouble() > 0));
        });
        Assert.Equal(3, presets.Values.Select(lines => ChecksumOf(lines[0])).Distinct().Count());
    }

    [Fact]
    public void Decode_comes_to_the_same_messages_on_every_way()
    {
        Dictionary<string, JsonElement> lines = Results("decode", "--events", "4000").ToDictionary(line => line.GetProperty("what").GetString()!);
        Assert.Equal(["read", "plain", "translate", "mapped", "unzip", "zstd", "books", "zstd books", "packed", "threads", "processes"], lines.Keys);
        Assert.Single(((string[])["plain", "translate", "mapped", "zstd"]).Select(what => ChecksumOf(lines[what])).Distinct());
        Assert.Equal(ChecksumOf(lines["read"]), ChecksumOf(lines["unzip"]));
        Assert.Equal(ChecksumOf(lines["threads"]), ChecksumOf(lines["processes"]));
        Assert.Equal(ChecksumOf(lines["books"]), ChecksumOf(lines["zstd books"]));
        Assert.NotEqual(ChecksumOf(lines["read"]), ChecksumOf(lines["plain"]));
        Assert.True(lines["zstd"].GetProperty("ratio_to_unzip").GetDouble() > 0);
    }

    [Theory]
    [InlineData("book")]
    [InlineData("decode")]
    public void A_number_that_is_none_is_the_user_s_error(string bench)
    {
        (int exitCode, string output, string error) = Run(bench, "--events", "many");
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains("--events", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("book")]
    [InlineData("decode")]
    public void Help_measures_nothing(string bench)
    {
        (int exitCode, string output, _) = Run(bench, "--help");
        Assert.Equal(0, exitCode);
        Assert.Contains("--events", output, StringComparison.Ordinal);
    }

    private static JsonElement[] Results(params string[] arguments)
    {
        (int exitCode, string output, string error) = Run([.. arguments, "--json"]);      // repetitions as they are by default: defaults must be legal too
        Assert.True(exitCode == 0, error);
        JsonElement answer = JsonDocument.Parse(output).RootElement;
        foreach (string name in (string[])["machine", "runtime", "commit"]) Assert.Equal(JsonValueKind.String, answer.GetProperty(name).ValueKind);
        Assert.True(answer.GetProperty("processors").GetInt32() > 0);
        JsonElement[] lines = [.. answer.GetProperty("results").EnumerateArray()];
        Assert.All(lines, line =>
        {
            Assert.True(line.GetProperty("messages_per_second").GetDouble() > 0);
            Assert.True(line.GetProperty("messages_per_second_best").GetDouble() > 0);
            Assert.True(line.TryGetProperty("tsc_cycles_per_message", out _));
            Assert.True(line.GetProperty("allocated_bytes_per_message").GetDouble() >= 0);
            Assert.Matches("^[0-9a-f]{16}$", ChecksumOf(line));
        });
        return lines;
    }

    private static string ChecksumOf(JsonElement line) => line.GetProperty("checksum").GetString()!;

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(BenchResult).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
