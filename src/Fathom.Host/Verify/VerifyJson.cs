using System.Text.Json;
using Fathom.Analytics.Reports;

namespace Fathom.Host.Verify;

/// <summary>What came of comparing features with the second witness, as the one JSON object that <c>--json</c> prints.</summary>
internal static class VerifyJson
{
    public static void Write(Utf8JsonWriter json, VerifyReport report)
    {
        json.WriteStartObject();
        json.WriteBoolean("passed", report.Failed == 0);
        json.WriteNumber("features", report.Verdicts.Count);
        json.WriteNumber("failed", report.Failed);
        json.WriteNumber("seeds", report.Seeds);
        json.WriteString("data", report.Data);
        json.WriteNumberOrNull("round_trip_us", report.RoundTripMicros);
        json.WriteNumberOrNull("seconds", report.Seconds);
        json.WriteStartArray("verdicts");
        foreach (FeatureVerdict verdict in report.Verdicts) Write(json, verdict);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FeatureVerdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("feature", verdict.Info.Name);
        json.WriteBoolean("passed", verdict.Passed);
        json.WriteString("failure", verdict.Failure);
        json.WriteNumber("runs", verdict.Runs);
        json.WriteNumber("samples", verdict.Samples);
        json.WriteNumberOrNull("difference", verdict.Largest?.Relative ?? 0);
        json.WriteNumberOrNull("ulps", verdict.Largest?.Ulps ?? 0);
        json.WriteNumber("bound", verdict.Info.Bound);
        if (verdict.Largest is { } largest) Write(json, largest);
        else json.WriteNull("largest");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FeatureDifference largest)
    {
        json.WriteStartObject("largest");
        json.WriteString("series", largest.Series);
        json.WriteString("arguments", largest.Arguments);
        json.WriteNumber("row", largest.Row);
        json.WriteString("output", largest.Output);
        json.WriteNumberOrNull("engine", largest.Engine);
        json.WriteNumberOrNull("witness", largest.Witness);
        json.WriteEndObject();
    }
}
