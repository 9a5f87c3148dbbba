using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The statistics of series of numbers that can be asked for by name.</summary>
internal static class StatisticsFeatures
{
    public static IReadOnlyList<FeatureInfo> All { get; } = [.. WindowFeatures.All, .. VolatilityFeatures.All, .. SerialFeatures.All, .. JointFeatures.All];

    public const string WarmUpOfWindow = "a window of a count: from value window on; of a time: from the first value on, while it holds one";

    /// <summary>A window of a count or of a time.</summary>
    public static FeatureParameter Window(string initial, int min, string summary) => new("window", FeatureParameterKind.Window, initial, summary + "; by a time those of (now − window, now], of which the last 131,072") { Min = min };

    /// <summary>A window of a count.</summary>
    public static FeatureParameter CountWindow(string initial, int min, string summary) => new("window", FeatureParameterKind.Window, initial, summary) { Min = min, IsCountOnly = true };

    public static FeatureParameter Ddof => new("ddof", FeatureParameterKind.Count, "1", "taken from the count: 1 of a sample, 0 of a whole population") { Min = 0, Max = 1 };

    public static FeatureParameter Of => new("of", FeatureParameterKind.Word, "returns", "of log returns, for which a value of zero or less is passed over, or of the values themselves") { Words = ["returns", "levels"] };

    public static SeriesForm FormOf(FeatureArguments arguments) => arguments.Word("of") == "levels" ? SeriesForm.Levels : SeriesForm.Returns;

    /// <summary>Samples until it is known, where a single one is enough for a window of a time.</summary>
    public static int SamplesOf(FeatureArguments arguments) => arguments.Window("window") is { IsTime: false } window ? window.Count : 1;
}
