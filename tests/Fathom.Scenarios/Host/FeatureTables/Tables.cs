using System.Globalization;
using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Host.FeatureTables;

/// <summary>Feature tables of small generated markets, through the command line.</summary>
internal sealed class Tables : IDisposable
{
    public const string Toml = """
        [features]
        on = "bars.15s"
        [features.table]
        rows = "bars.15s"
        [[features.vector]]
        name = "sma"
        period = 3
        as = "mean"
        [[features.vector]]
        name = "rsi"
        period = 5
        on = "mid"
        as = "rsi"
        [[features.vector]]
        name = "atr"
        period = 2
        as = "atr"

        """;

    public const string Labels = """
        [[features.label]]
        name = "forward_return"
        horizon = "30s"
        as = "next"
        [[features.label]]
        name = "triple_barrier"
        horizon = "60s"
        up_bps = 3
        down_bps = 4
        as = "hit"
        [[features.label]]
        name = "triple_barrier"
        horizon = "40s"
        column = "atr"
        up = 0.5
        as = "wide"

        """;

    public SmallRuns Runs { get; } = new();

    public void Dispose() => Runs.Dispose();

    /// <summary>Writes a table and expects it to be written.</summary>
    public List<Dictionary<string, string>> Write(string toml, string market, string name, params string[] sets)
    {
        (int code, string _, string error) = Try(toml, market, name, sets);
        Assert.True(code == 0, error);
        return [.. Runs.Rows("", name)];
    }

    public (int ExitCode, string Output, string Error) Try(string toml, string market, string name, params string[] sets)
    {
        string config = Runs.PathOf("features.toml");
        File.WriteAllText(config, toml);
        List<string> arguments = ["features", config, "--out", Runs.PathOf(name), "--set", $"data.file={market}"];
        foreach (string set in sets) arguments.AddRange(set.StartsWith("--", StringComparison.Ordinal) ? [set] : ["--set", set]);
        return SmallRuns.Command([.. arguments]);
    }

    /// <summary>NaN for an empty cell.</summary>
    public static double Number(string cell) => cell.Length == 0 ? double.NaN : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
}
