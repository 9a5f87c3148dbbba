using Fathom.Engine.Features.Catalog;
using static Fathom.Engine.Features.Statistics.StatisticsFeatures;

namespace Fathom.Engine.Features.Statistics;

/// <summary>How two series move together.</summary>
internal static class JointFeatures
{
    private const string Pairs = "\na pair has the last value of each, and is taken on the update, of either, by which both have come anew since the last pair";
    private const string WarmUpOfPairs = "a window of a count: once it is full of pairs, of returns one more; of a time: while it holds two";

    /// <summary>Beside 1e9, steps of one size make returns that differ in their eleventh digit only; of that difference five digits are known, and two that differ by no more are what these two divide by.</summary>
    private const double BoundOfReturns = 1e-3;

    private const string RefreshSource = "Refresh times: Barndorff-Nielsen, Hansen, Lunde, Shephard (2011).";

    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        new()
        {
            Name = "correlation",
            Family = FeatureFamily.Statistics,
            Summary = "Pearson's correlation of two series.",
            Formula = "Σ(x − mean)(y − mean) / √(Σ(x − mean)² Σ(y − mean)²); 0 where one does not move" + Pairs,
            Source = RefreshSource,
            Takes = FeatureTakes.Pairs,
            Parameters = [Window("100", min: 2, "pairs"), Of],
            Outputs = [new("", "1", "−1 to 1") { Min = -1, Max = 1 }],
            WarmUp = WarmUpOfPairs,
            Bound = BoundOfReturns,
            Create = static arguments => new Correlation(arguments.Window("window"), FormOf(arguments)),
        },
        new()
        {
            Name = "covariance",
            Family = FeatureFamily.Statistics,
            Summary = "The covariance of two series.",
            Formula = "Σ(x − mean)(y − mean) / (n − ddof)" + Pairs,
            Source = RefreshSource,
            Takes = FeatureTakes.Pairs,
            Parameters = [Window("100", min: 2, "pairs"), Of, Ddof],
            Outputs = [new("", "1, or of both inputs", "any")],
            WarmUp = "a window of a count: once it is full of pairs, of returns one more; of a time: while it holds more than ddof",
            Create = static arguments => new Covariance(arguments.Window("window"), FormOf(arguments), arguments.Count("ddof")),
        },
        new()
        {
            Name = "beta",
            Family = FeatureFamily.Statistics,
            Summary = "How much the first series moves with the second.",
            Formula = "Σ(x − mean)(y − mean) / Σ(y − mean)², x of the first, y of the second; 0 where the second does not move" + Pairs,
            Source = RefreshSource,
            Takes = FeatureTakes.Pairs,
            Parameters = [Window("100", min: 2, "pairs"), Of],
            Outputs = [new("", "1, or of the first per second", "any")],
            WarmUp = WarmUpOfPairs,
            Bound = BoundOfReturns,
            Create = static arguments => new Beta(arguments.Window("window"), FormOf(arguments)),
        },
        new()
        {
            Name = "hayashi_yoshida",
            Family = FeatureFamily.Statistics,
            Summary = "Correlation and covariance of two series that come at their own times.",
            Formula = "covariance = Σ r s over all log returns r of the first and s of the second whose times (value before, value] have a moment in common\ncorrelation = covariance / √(Σr² Σs²); 0 where one does not move",
            Source = "Hayashi, Yoshida (2005).",
            Takes = FeatureTakes.Pairs,
            Parameters = [Window("1m", min: 1, "returns of each series") with { Max = 100_000 }],
            Outputs = [new("correlation", "1", "around −1 to 1; may leave it"), new("covariance", "1", "any")],
            WarmUp = "a window of a count: once it is full of returns of each and two overlap; of a time: while two that ended in it overlap",
            Create = static arguments => new HayashiYoshida(arguments.Window("window")),
        },
    ];
}
