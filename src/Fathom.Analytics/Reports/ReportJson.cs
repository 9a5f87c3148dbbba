using System.Text.Json;
using Fathom.Analytics.Fills;
using Fathom.Analytics.Orders;
using Fathom.Analytics.Profit;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Reports;

/// <summary>Writes the one object that a report's page shows, as <c>web/report/src/data.ts</c> describes it (<c>ReportData</c>, version 1).</summary>
public static class ReportJson
{
    private const int Version = 1;

    /// <exception cref="JsonException">The summary is no JSON.</exception>
    public static void Write(Utf8JsonWriter json, ReportFacts facts, RunAnalysis analysis)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("title", facts.Title);
        json.WriteString("first", facts.First.ToString());
        json.WriteString("last", facts.Last.ToString());
        WriteSummary(json, facts.SummaryJson);
        ReportSeries.Write(json, facts, analysis);
        WriteProfits(json, analysis);
        WriteMarkouts(json, analysis);
        ReportSlippage.Write(json, analysis.Slippage, analysis.Symbol, analysis.StrategyName);
        WriteQueue(json, analysis);
        WriteFills(json, facts, analysis);
        WriteOrders(json, facts, analysis);
        WriteFacts(json, "assumptions", facts.Assumptions);
        WriteFacts(json, "anomalies", facts.Anomalies);
        WriteFailures(json, facts.Failures);
        ReportNotes.Write(json, facts, analysis);
        ReportRisk.Write(json, facts, analysis);
        json.WriteEndObject();
    }

    /// <summary>Read and written anew, so that its text is escaped like everything else.</summary>
    private static void WriteSummary(Utf8JsonWriter json, string summary)
    {
        using JsonDocument document = JsonDocument.Parse(summary);
        json.WritePropertyName("summary");
        document.WriteTo(json);
    }

    private static void WriteProfits(Utf8JsonWriter json, RunAnalysis analysis)
    {
        json.WriteStartArray("pnl");
        foreach (ProfitSplit profit in analysis.Profits)
        {
            json.WriteStartObject();
            json.WriteString("strategy", analysis.StrategyName(profit.Strategy));
            json.WriteString("instrument", analysis.Symbol(profit.Instrument));
            json.WriteString("currency", profit.Currency.ToString());
            json.WriteString("spread", ReportNumbers.Money(profit.Spread));
            json.WriteString("inventory", ReportNumbers.Money(profit.Inventory));
            json.WriteString("fees", ReportNumbers.Money(profit.Fees));
            json.WriteString("total", ReportNumbers.Money(profit.Total));
            json.WriteNumber("fills", profit.FillCount);
            json.WriteString("traded", profit.Traded.ToString());
            json.WriteString("position", profit.Position.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteMarkouts(Utf8JsonWriter json, RunAnalysis analysis)
    {
        json.WriteStartArray("markouts");
        foreach (MarkoutMean mean in analysis.Markouts)
        {
            json.WriteStartObject();
            json.WriteString("strategy", analysis.StrategyName(mean.Strategy));
            json.WriteString("liquidity", mean.Liquidity == Liquidity.None ? "all" : Words.Of(mean.Liquidity));
            json.WriteString("horizon", mean.Horizon.ToString());
            json.WriteNumber("count", mean.Count);
            json.WriteNumberOrNull("mean_bps", mean.MeanBps);
            json.WriteNumberOrNull("mean_money", mean.MeanMoney);
            json.WriteString("currency", mean.Currency.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteQueue(Utf8JsonWriter json, RunAnalysis analysis)
    {
        json.WriteStartArray("queue");
        foreach (StrategyOrders orders in analysis.Strategies)
        {
            WriteQueue(json, analysis.StrategyName(orders.Strategy), "placement", orders.AtPlacement);
            WriteQueue(json, analysis.StrategyName(orders.Strategy), "fill", orders.AtFill);
        }
        json.WriteEndArray();
    }

    private static void WriteQueue(Utf8JsonWriter json, string strategy, string when, in QueuePlaces places)
    {
        json.WriteStartObject();
        json.WriteString("strategy", strategy);
        json.WriteString("when", when);
        json.WriteNumber("count", places.Count);
        json.WriteNumberOrNull("mean", places.Mean);
        json.WriteNumberOrNull("p10", places.P10);
        json.WriteNumberOrNull("p50", places.P50);
        json.WriteNumberOrNull("p90", places.P90);
        json.WriteEndObject();
    }

    private static void WriteFills(Utf8JsonWriter json, ReportFacts facts, RunAnalysis analysis)
    {
        json.WriteStartObject("fills");
        json.WriteStartArray("rows");
        foreach (MarkedFill marked in analysis.Fills)
        {
            ref readonly FillEvent fill = ref marked.Fill;
            json.WriteStartObject();
            json.WriteString("time", marked.Time.ToString());
            json.WriteString("strategy", analysis.StrategyName(fill.Output.Strategy));
            json.WriteString("instrument", analysis.Symbol(fill.Header.Instrument));
            json.WriteString("side", Words.Of(fill.Side));
            json.WriteString("price", fill.Price.ToString());
            json.WriteString("quantity", fill.Quantity.ToString());
            json.WriteString("liquidity", Words.Of(fill.Liquidity));
            json.WriteString("fee", new Quantity(fill.FeeNanos).ToString());
            json.WriteString("currency", fill.Currency.ToString());
            json.WriteString("position", fill.Position.ToString());
            json.WriteString("queue_ahead", fill.QueueAhead.ToString());
            json.WriteStartArray("markouts");
            for (int i = 0; i < analysis.Options.Horizons.Count; i++) json.WriteNumberOrNull(marked.MarkoutBps(i));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("total", analysis.FillCount);
        json.WriteString("file", facts.FillsFile);
        json.WriteEndObject();
    }

    private static void WriteOrders(Utf8JsonWriter json, ReportFacts facts, RunAnalysis analysis)
    {
        json.WriteStartObject("orders");
        json.WriteStartArray("rows");
        foreach (OrderRecord order in analysis.Orders)
        {
            json.WriteStartObject();
            json.WriteString("decided", order.Decided.ToString());
            json.WriteString("ended", order.Ended.ToString());
            json.WriteString("client_order_id", order.Id.ToString());
            json.WriteString("strategy", analysis.StrategyName(order.Strategy));
            json.WriteString("instrument", analysis.Symbol(order.Instrument));
            json.WriteString("side", Words.Of(order.Side));
            json.WriteString("type", Words.Of(order.Type));
            json.WriteString("time_in_force", Words.Of(order.TimeInForce));
            json.WriteString("price", order.Price.ToString());
            json.WriteString("quantity", order.Quantity.ToString());
            json.WriteString("filled", order.Filled.ToString());
            json.WriteString("status", Words.Of(order.Status));
            json.WriteString("reason", Words.Of(order.Reason));
            json.WriteString("queue_at_placement", order.QueueAtPlacement.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("total", analysis.OrderCount);
        json.WriteString("file", facts.OrdersFile);
        json.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter json, string name, IReadOnlyList<ReportFact> facts)
    {
        json.WriteStartArray(name);
        foreach (ReportFact fact in facts)
        {
            json.WriteStartObject();
            json.WriteString("name", fact.Name);
            json.WriteString("value", fact.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFailures(Utf8JsonWriter json, IReadOnlyList<ReportFailure> failures)
    {
        json.WriteStartArray("failures");
        foreach (ReportFailure failure in failures)
        {
            json.WriteStartObject();
            json.WriteString("strategy", failure.Strategy);
            json.WriteString("time", failure.Time.ToString());
            json.WriteNumber("input", failure.Input);
            json.WriteString("callback", failure.Callback);
            json.WriteString("message", failure.Message);
            json.WriteString("details", failure.Details);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
