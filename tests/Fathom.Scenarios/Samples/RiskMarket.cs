using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Samples;

/// <summary>The beginning of the generated demo market, as the samples' first lines tell to make it, and the runs of the samples on it.</summary>
public sealed class RiskMarket : IDisposable
{
    /// <summary>An hour and six minutes: by then the samples have shown what they are there for.</summary>
    private const int Events = 1_200_000;

    private readonly SmallRuns _runs = new();
    private readonly string _market;

    public RiskMarket() => _market = _runs.Market("demo.dbn", Events, seed: 1);

    internal SmallRuns Runs => _runs;

    public void Dispose() => _runs.Dispose();

    /// <summary>Runs a sample into a folder of its name.</summary>
    public (int ExitCode, string Output, string Error) Run(string sample, params string[] sets)
    {
        List<string> arguments = ["backtest", Path.Combine(Places.Root, "samples", $"{sample}.toml"), "--out", _runs.PathOf(sample), "--set", $"data.file={_market}"];
        foreach (string set in sets) arguments.AddRange(["--set", set]);
        return SmallRuns.Command([.. arguments]);
    }
}
