using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.Json;
using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Indicators;
using Fathom.Host;
using Fathom.Host.Commands;
using Fathom.Host.Verify;

namespace Fathom.Scenarios.Host;

/// <summary>The features and the second witness, whole.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-verify-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_feature_agrees_with_the_second_witness()
    {
        RequireCompiler();
        (int exitCode, string output) = Run(FeatureCatalog.All, "--seeds", "2");
        Assert.True(exitCode == ExitCode.Done, output);
        Assert.Contains($"{FeatureCatalog.All.Count} features, 0 failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public void On_data_of_the_user_too()
    {
        RequireCompiler();
        string market = Path.Combine(_folder, "market.dbn"), bars = Path.Combine(_folder, "bars.csv");
        using (StringWriter quiet = new()) Assert.Equal(ExitCode.Done, Program.Run(["data", "generate", "--preset", "demo", "--events", "60000", "--out", market], quiet, quiet));
        File.WriteAllLines(bars, ["time,open,high,low,close,volume", .. Enumerable.Range(0, 300).Select(i => $"{i * 60_000_000_000L},{100 + i % 7},{108 + i % 5},{99 - i % 3},{101 + i % 11},{i}")]);
        foreach (string file in (string[])[market, bars])
        {
            JsonElement answer = Answer(FeatureCatalog.All, "--data", file, "--seeds", "1");
            Assert.True(answer.GetProperty("passed").GetBoolean(), answer.ToString());
            Assert.Contains(Path.GetFileName(file), answer.GetProperty("data").GetString(), StringComparison.Ordinal);
        }
        Assert.Contains("bars of 5 trades of market.dbn", Answer(FeatureCatalog.All, "--data", market, "--seeds", "1", "--feature", "sma").GetProperty("data").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Each is wrong in another way; the right one beside them is not blamed.</summary>
    [Fact]
    public void A_feature_that_is_wrong_is_found()
    {
        RequireCompiler();
        FeatureInfo sma = FeatureCatalog.Find("sma", "a test");
        JsonElement answer = Answer(
        [
            sma with { Create = static arguments => new SimpleMovingAverage(arguments.Count("period") + 1) },
            FeatureCatalog.Find("atr", "a test") with { Create = static arguments => new AverageTrueRange(arguments.Count("period") + 1) },
            sma with { Create = static arguments => new Leaning(arguments.Count("period"), 1e-8) },
            sma with { Create = static arguments => new Leaning(arguments.Count("period"), 1e-12) },
            sma with { Create = static _ => throw new InvalidOperationException("cannot be made") },
            sma with { Name = "sma_of_nobody" },
        ], "--seeds", "1");
        (bool, string?)[] verdicts = [.. answer.GetProperty("verdicts").EnumerateArray().Select(verdict => (verdict.GetProperty("passed").GetBoolean(), verdict.GetProperty("failure").GetString()))];
        Assert.Equal(
        [
            (false, "one of them knows what the other does not"), (false, "one of them knows what the other does not"), (false, "beyond its bound"), (true, null),
            (false, "it threw InvalidOperationException: cannot be made"), (false, "no witness"),
        ], verdicts);
        Assert.Equal(5, answer.GetProperty("failed").GetInt32());
    }

    [Fact]
    public void A_failure_ends_with_one_and_says_where()
    {
        RequireCompiler();
        FeatureInfo wrong = FeatureCatalog.Find("sma", "a test") with { Create = static arguments => new Leaning(arguments.Count("period"), 1e-6) };
        (int exitCode, string output) = Run([wrong], "--seeds", "1");
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Contains("1 features, 1 failed", output, StringComparison.Ordinal);
        Assert.Matches(@"sma engine \S+, witness \S+: sma period = \d+ on [a-z ]+ 1, row \d+", output);
    }

    [Theory]
    [InlineData("--feature", "smb", "Did you mean 'sma'?")]
    [InlineData("--seeds", "0", "a whole number")]
    [InlineData("--data", "no-such-file.csv", "no-such-file.csv")]
    [InlineData("--data", "no-such-file.dbn", "no-such-file.dbn")]
    public void A_wrong_option_ends_with_two(string option, string text, string said)
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(ExitCode.InputWrong, Program.Run(["verify", option, text], output, error));
        Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
    }

    private static void RequireCompiler() => Assert.SkipUnless(WitnessProgram.IsAvailable, "no OCaml compiler; ./test --install brings it");

    private static JsonElement Answer(IReadOnlyList<FeatureInfo> features, params string[] arguments) => JsonDocument.Parse(Run(features, [.. arguments, "--json"]).Output).RootElement;

    private static (int ExitCode, string Output) Run(IReadOnlyList<FeatureInfo> features, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        RootCommand root = new() { VerifyCommand.Create(features) };
        int exitCode = root.Parse(["verify", .. arguments]).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        Assert.Equal("", error.ToString());
        return (exitCode, output.ToString());
    }

    /// <summary>A mean that is a little too large.</summary>
    private sealed class Leaning(int length, double share) : ValueFeature
    {
        private readonly SimpleMovingAverage _mean = new(length);

        protected override void Clear() => _mean.Reset();

        protected override void Take(Timestamp time, double value)
        {
            _mean.Add(time, value);
            Set(_mean.Value * (1 + share));
        }
    }
}
