using System.Globalization;
using System.Text.Json;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Host;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Simulation.Generator;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>Generated markets and backtests on them in a folder of their own, which goes with it.</summary>
internal sealed class SmallRuns : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("fathom-runs").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Writes a market; the name ends with .dbn or .dbn.zst.</summary>
    public string Market(string name, long events, ulong seed = 7, int instruments = 1, string preset = "demo")
    {
        GeneratorOptions options = new() { Preset = preset, Events = events, Seed = seed, Instruments = instruments };
        GeneratedMarket.Write(options, PathOf(name), Quiet(), TestContext.Current.CancellationToken);
        return PathOf(name);
    }

    /// <param name="sets">On top of the text, "key=value".</param>
    public static BacktestSettings Bind(string toml, string market, params IEnumerable<string> sets) =>
        BacktestSettings.Bind(ConfigurationLayers.FromText("test", toml, [$"data.file={market}", .. sets], new Dictionary<string, string>(), Environment.CurrentDirectory));

    /// <summary>The settings with other strategies than a configuration can name.</summary>
    public static BacktestSettings With(BacktestSettings settings, params (string Name, Strategy Strategy)[] strategies) =>
        settings with { Engine = settings.Engine with { Strategies = [.. strategies.Select(strategy => new NamedStrategy(strategy.Name, strategy.Strategy))] } };

    /// <param name="recording">Folder to record it in; null: nowhere.</param>
    public BacktestResult Run(BacktestSettings settings, string folder, string? recording = null) =>
        BacktestSession.Run(settings, PathOf(folder), Quiet(), TestContext.Current.CancellationToken, recording is null ? null : PathOf(recording));

    public JsonElement Summary(string folder) => Json(File.ReadAllText(PathOf(folder, "summary.json")));

    /// <summary>What the report's page shows.</summary>
    public JsonElement Report(string folder)
    {
        const string Opening = "<script id=\"report-data\" type=\"application/json\">";
        string page = File.ReadAllText(PathOf(folder, "report.html"));
        int start = page.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length;
        return Json(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]);
    }

    /// <summary>A CSV file's rows, by the names of its columns.</summary>
    public IEnumerable<Dictionary<string, string>> Rows(string folder, string file)
    {
        string[] columns = File.ReadLines(PathOf(folder, file)).First().Split(',');
        foreach (string line in File.ReadLines(PathOf(folder, file)).Skip(1))
        {
            string[] values = line.Split(',');
            Assert.Equal(columns.Length, values.Length);
            yield return columns.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }

    /// <summary>Runs a command line.</summary>
    public static (int ExitCode, string Output, string Error) Command(params string[] arguments)
    {
        StringWriter output = new(), error = new();
        return (Program.Run(arguments, output, error), output.ToString(), error.ToString());
    }

    public static decimal Money(JsonElement json, string name) => Number(json.GetProperty(name).GetString()!);

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static Screen Quiet() => new(TextWriter.Null, TextWriter.Null, isJson: true);
}
