using System.Buffers.Binary;
using System.Text.Json;
using Fathom.Domain;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>Runs on several files.</summary>
public sealed class MarketBindingTests : IDisposable
{
    private const string Strategy = "[[strategy]]\nname = \"quoter\"\nparams = { half_spread = 0 }\n";

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_file_that_is_cut_into_pieces_gives_the_same_run()
    {
        string whole = _runs.Market("whole.dbn", events: 20_000, instruments: 3);
        _runs.Run(SmallRuns.Bind(Strategy, whole), "one");
        string expected = _runs.Summary("one").GetProperty("fingerprint").GetString()!;
        foreach (int count in (int[])[2, 7, 60])
        {
            string folder = _runs.PathOf($"pieces{count}");
            Cut(whole, folder, count);
            File.WriteAllText(Path.Combine(folder, "manifest.json"), "{}");
            _runs.Run(Bind($"files = '{folder}'"), $"many{count}");
            JsonElement summary = _runs.Summary($"many{count}");
            Assert.Equal(expected, summary.GetProperty("fingerprint").GetString());
            Assert.Equal(Enumerable.Range(0, count).Select(i => $"data.{i}"), summary.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("role").GetString()));
        }
    }

    [Fact]
    public void Why_finds_all_files_and_misses_one_that_is_another()
    {
        string whole = _runs.Market("whole.dbn", events: 20_000), folder = _runs.PathOf("pieces");
        Cut(whole, folder, 3);
        _runs.Run(Bind($"files = ['{folder}/*.dbn']"), "run");
        string[] question = ["why", _runs.Rows("run", "orders.csv").First()["client_order_id"], "--run", _runs.PathOf("run")];
        File.Copy(whole, Path.Combine(folder, "piece99.dbn"));      // one that the run did not see
        Assert.Equal(0, SmallRuns.Command(question).ExitCode);
        File.Copy(whole, Path.Combine(folder, "piece01.dbn"), overwrite: true);
        (int exitCode, _, string error) = SmallRuns.Command(question);
        Assert.Equal(2, exitCode);
        Assert.Contains("data.1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("files = []", "at least one file")]
    [InlineData("file = 'a.dbn'\nfiles = 'b.dbn'", "either file or files")]
    [InlineData("files = '*.dbn.zst'", "there is whole.dbn")]
    [InlineData("files = ''", "a path")]
    [InlineData("flies = '.'", "data.file")]
    public void What_names_no_data_is_refused(string lines, string told)
    {
        _runs.Market("whole.dbn", events: 1_000);
        Assert.Contains(told, Assert.Throws<InputException>(() => Bind(lines)).Message, StringComparison.Ordinal);
    }

    private BacktestSettings Bind(string lines) =>
        BacktestSettings.Bind(ConfigurationLayers.FromText(_runs.PathOf("run.toml"), $"[data]\n{lines}\n{Strategy}", [], new Dictionary<string, string>(), _runs.Folder));

    /// <summary>Whole records, each piece behind the header of all.</summary>
    private static void Cut(string file, string folder, int count)
    {
        Directory.CreateDirectory(folder);
        byte[] bytes = File.ReadAllBytes(file);
        int header = 8 + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)), from = header;
        for (int piece = 0, at = header; piece < count; piece++)
        {
            int until = header + (int)((long)(bytes.Length - header) * (piece + 1) / count);
            while (at < until) at += bytes[at] * 4;
            File.WriteAllBytes(Path.Combine(folder, $"piece{piece:00}.dbn"), [.. bytes[..header], .. bytes[from..at]]);
            from = at;
        }
    }
}
