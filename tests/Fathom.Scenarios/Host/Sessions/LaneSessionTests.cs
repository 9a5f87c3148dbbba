using System.Text.Json;
using Fathom.Host;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>Lanes through the command line: each has the files of a run of its own.</summary>
public sealed class LaneSessionTests : IDisposable
{
    private static readonly string[] Files = ["orders.csv", "fills.csv", "markouts.csv", "positions.csv", "equity.csv", "config.toml", "fingerprint.txt"];

    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-lanes").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("1ms", "0ms")]
    [InlineData("0ms", "0ms")]
    [InlineData("2ms", "3ms")]
    public void A_lane_has_the_files_of_a_run_of_its_own(string response, string feed)
    {
        string[] shared = ["--set", $"data.file={Market()}", "--set", $"venue.response_latency={response}", "--set", $"venue.feed_latency={feed}"];
        Run([Sample(), .. shared, "--vary", "strategy.params.half_spread=1,1.5", "--vary", "venue.entry_latency=0ms,4ms", "--vary", "strategy.0.name=quoter", "--out", PathOf("all")]);
        JsonElement lanes = JsonDocument.Parse(File.ReadAllText(PathOf("all/lanes.json"))).RootElement.GetProperty("lanes");
        Assert.Equal(4, lanes.GetArrayLength());
        long fills = 0;
        foreach (JsonElement lane in lanes.EnumerateArray())
        {
            string name = lane.GetProperty("name").GetString()!;
            string[] values = [.. lane.GetProperty("values").EnumerateObject().SelectMany(value => (string[])["--set", $"{value.Name}={value.Value.GetString()}"])];
            Run([Sample(), .. shared, .. values, "--out", PathOf("one")]);
            foreach (string file in Files) Assert.True(File.ReadAllText(PathOf($"one/{file}")) == File.ReadAllText(PathOf($"all/lanes/{name}/{file}")), $"{name}: {file}");
            JsonElement alone = JsonDocument.Parse(File.ReadAllText(PathOf("one/summary.json"))).RootElement, beside = JsonDocument.Parse(File.ReadAllText(PathOf($"all/lanes/{name}/summary.json"))).RootElement;
            foreach (JsonProperty property in alone.EnumerateObject().Where(property => property.Name is not ("seconds" or "events_per_second" or "peak_memory_mb" or "venue")))
                Assert.True(property.Value.GetRawText() == beside.GetProperty(property.Name).GetRawText(), $"{name}: {property.Name}");
            Assert.Equal(alone.GetProperty("equity_end").GetString(), lane.GetProperty("equity_end").GetString());
            fills += lane.GetProperty("fills").GetInt64();
        }
        Assert.True(fills > 50, $"{fills} fills");
        Assert.Equal(5, File.ReadAllLines(PathOf("all/lanes.csv")).Length);
        Assert.Contains("\"lanes\":[", File.ReadAllText(PathOf("all/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Lanes_of_the_file_run_by_their_names_and_a_lane_that_is_wrong_leaves_nothing()
    {
        string config = PathOf("two.toml");
        File.WriteAllText(config, File.ReadAllText(Sample()) + "\n[[lane]]\nname = \"narrow\"\n[[lane]]\nname = \"wide\"\n[lane.set]\n\"strategy.params.half_spread\" = 2\n");
        Run([config, "--set", $"data.file={Market()}", "--out", PathOf("two")]);
        Assert.Equal(["narrow", "wide"], Directory.GetDirectories(PathOf("two/lanes")).Select(Path.GetFileName).Order());
        Assert.NotEqual(File.ReadAllText(PathOf("two/lanes/narrow/fingerprint.txt")), File.ReadAllText(PathOf("two/lanes/wide/fingerprint.txt")));

        StringWriter error = new();
        Assert.Equal(2, Program.Run(["backtest", config, "--set", $"data.file={Market()}", "--vary", "strategy.params.half_spread=1,-1", "--out", PathOf("none")], TextWriter.Null, error));
        Assert.Contains("half_spread", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("none")));
    }

    [Fact]
    public void A_folder_shows_the_run_that_was_written_last_and_keeps_what_is_the_users()
    {
        string[] one = [Sample(), "--set", $"data.file={Market()}", "--out", PathOf("same")];
        Run(one);
        string[] single = Entries("same");
        Run([.. one, "--vary", "strategy.params.half_spread=1,2"]);
        Assert.Equal(["lanes", "lanes.csv", "lanes.json", "report.html"], Entries("same"));
        File.WriteAllText(PathOf("same/lanes/half_spread=1/mine.txt"), "");
        Run([.. one, "--vary", "strategy.params.half_spread=2,3"]);
        Assert.Equal(["half_spread=1", "half_spread=2", "half_spread=3"], Entries("same/lanes"));
        Assert.Equal(["mine.txt"], Entries("same/lanes/half_spread=1"));
        File.Delete(PathOf("same/lanes/half_spread=1/mine.txt"));
        Run(one);
        Assert.Equal(single, Entries("same"));
    }

    private string[] Entries(string folder) => [.. Directory.GetFileSystemEntries(PathOf(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static void Run(string[] arguments)
    {
        StringWriter error = new();
        Assert.True(Program.Run(["backtest", .. arguments], TextWriter.Null, error) == 0, error.ToString());
    }

    private string Market()
    {
        string path = PathOf("market.dbn");
        if (!File.Exists(path)) Assert.Equal(0, Program.Run(["data", "generate", "--preset", "demo", "--events", "60000", "--seed", "5", "--out", path], TextWriter.Null, TextWriter.Null));
        return path;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static string Sample() => Path.Combine(Places.Root, "samples", "quickstart.toml");
}
