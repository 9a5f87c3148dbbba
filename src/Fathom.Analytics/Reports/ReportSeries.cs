using System.Text.Json;
using Fathom.Analytics.Series;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Reports;

/// <summary>The charts of a report. Each series is handed to the stream before the next one is made.</summary>
internal static class ReportSeries
{
    public static void Write(Utf8JsonWriter json, ReportFacts facts, RunAnalysis analysis)
    {
        json.WriteStartArray("equity");
        foreach (EquityHistory history in analysis.Equity) WriteSeries(json, "equity", history.Currency.ToString(), history.Equity, facts.EquityFile);
        json.WriteEndArray();

        json.WriteStartArray("drawdown");
        foreach (EquityHistory history in analysis.Equity) WriteSeries(json, "drawdown", history.Currency.ToString(), history.Drawdown, facts.EquityFile);
        json.WriteEndArray();

        json.WriteStartArray("inventory");
        foreach (InventoryHistory history in analysis.Inventory)
        {
            string symbol = analysis.Symbol(history.Instrument);
            WriteSeries(json, $"{analysis.StrategyName(history.Strategy)} {symbol}", symbol, history.Quantity, facts.FillsFile);
        }
        json.WriteEndArray();

        json.WriteStartArray("prices");
        foreach (PriceHistory history in analysis.Prices) WritePrices(json, analysis, history);
        json.WriteEndArray();
    }

    internal static void WriteSeries(Utf8JsonWriter json, string name, string unit, ThinnedSeries series, string? file)
    {
        SeriesPoint[] points = series.ToArray();
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("unit", unit);
        WriteTimes(json, points);
        json.WriteStartArray("v");
        foreach (SeriesPoint point in points) json.WriteNumberOrNull(point.Low);
        json.WriteEndArray();
        json.WriteNumber("total", series.Total);
        if (file is null) json.WriteNull("file");
        else json.WriteString("file", file);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WritePrices(Utf8JsonWriter json, RunAnalysis analysis, PriceHistory history)
    {
        SeriesPoint[] points = history.Quotes.ToArray();
        json.WriteStartObject();
        json.WriteString("instrument", analysis.Symbol(history.Instrument));
        json.WriteString("currency", analysis.CurrencyOf(history.Instrument).ToString());
        WriteTimes(json, points);
        json.WriteStartArray("bid");
        foreach (SeriesPoint point in points) json.WriteNumberValue(point.Low / Price.Scale);
        json.WriteEndArray();
        json.WriteStartArray("ask");
        foreach (SeriesPoint point in points) json.WriteNumberValue(point.High / Price.Scale);
        json.WriteEndArray();
        json.WriteNumber("total", history.Quotes.Total);
        WriteMarks(json, "buys", history.Buys);
        WriteMarks(json, "sells", history.Sells);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteTimes(Utf8JsonWriter json, SeriesPoint[] points)
    {
        json.WriteStartArray("t");
        foreach (SeriesPoint point in points) json.WriteNumberValue(ReportNumbers.Milliseconds(point.Time));
        json.WriteEndArray();
    }

    private static void WriteMarks(Utf8JsonWriter json, string name, IReadOnlyList<FillMark> marks)
    {
        json.WriteStartArray(name);
        foreach (FillMark mark in marks)
        {
            json.WriteStartObject();
            json.WriteNumber("t", ReportNumbers.Milliseconds(mark.Time));
            json.WriteNumber("price", mark.Price.ToDouble());
            json.WriteString("quantity", mark.Quantity.ToString());
            json.WriteString("liquidity", mark.Liquidity == Liquidity.Maker ? "maker" : "taker");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
