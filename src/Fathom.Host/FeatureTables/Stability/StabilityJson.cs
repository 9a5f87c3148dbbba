using System.Text.Json;
using Fathom.Analytics.Reports;

namespace Fathom.Host.FeatureTables.Stability;

/// <summary>A stability report for programs.</summary>
internal static class StabilityJson
{
    public static void Write(Utf8JsonWriter json, StabilityReport report, string table)
    {
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("table", table);
        WriteLookAhead(json, report.LookAhead);
        json.WriteStartArray("instruments");
        foreach (InstrumentStability instrument in report.Instruments) WriteInstrument(json, instrument);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLookAhead(Utf8JsonWriter json, LookAheadResult result)
    {
        json.WriteStartObject("look_ahead");
        json.WriteBoolean("passed", result.Difference is null);
        json.WriteStartArray("cut_at");
        foreach (string moment in result.Moments) json.WriteStringValue(moment);
        json.WriteEndArray();
        json.WriteNumber("rows_compared", result.Rows);
        json.WriteString("difference", result.Difference?.ToString());
        json.WriteEndObject();
    }

    private static void WriteInstrument(Utf8JsonWriter json, InstrumentStability instrument)
    {
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        json.WriteNumber("rows", instrument.Times.Count);
        json.WriteStartArray("columns");
        foreach (ColumnStability column in instrument.Columns) WriteColumn(json, column);
        json.WriteEndArray();
        json.WriteStartArray("clusters");
        foreach (IReadOnlyList<int> cluster in instrument.Clusters)
        {
            json.WriteStartArray();
            foreach (int column in cluster) json.WriteStringValue(instrument.Columns[column].Name);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("correlations");
        for (int i = 0; i < instrument.Columns.Count; i++)
        {
            json.WriteStartArray();
            for (int j = 0; j < instrument.Columns.Count; j++) json.WriteNumberOrNull(instrument.Correlations[i, j]);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter json, ColumnStability column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteNumber("known", column.Known);
        json.WriteNumberOrNull("missing_share", column.MissingShare);
        json.WriteBoolean("constant", column.IsConstant);
        json.WriteNumberOrNull("mean", column.Mean);
        json.WriteNumberOrNull("standard_deviation", column.Deviation);
        json.WriteStartObject("quantiles");
        for (int i = 0; i < column.Quantiles.Count; i++) json.WriteNumberOrNull(QuantileName(ColumnStability.QuantileShares[i]), column.Quantiles[i]);
        json.WriteEndObject();
        json.WriteNumberOrNull("ks_distance", column.DriftDistance);
        json.WriteNumberOrNull("ks_probability", column.DriftProbability);
        json.WriteNumberOrNull("psi", column.StabilityIndex);
        json.WriteStartArray("autocorrelation");
        foreach (double value in column.Autocorrelations) json.WriteNumberOrNull(value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string QuantileName(double share) => share switch
    {
        0 => "min",
        1 => "max",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"q{share * 100:00}"),
    };
}
