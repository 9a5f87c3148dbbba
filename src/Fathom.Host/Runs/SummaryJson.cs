using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fathom.Analytics.Orders;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Market.Books;
using ReportNumbers = Fathom.Analytics.Reports.ReportNumbers;

namespace Fathom.Host.Runs;

/// <summary>A backtest's result as the one JSON object that <c>--json</c> prints and <c>summary.json</c> holds. Money is text, exact, in <c>currency</c>.</summary>
public static class SummaryJson
{
    public static string Text(BacktestResult result)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true })) Write(json, result);
        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }

    public static void Write(Utf8JsonWriter json, BacktestResult result)
    {
        RunSummary run = result.Run;
        json.WriteStartObject();
        json.WriteString("fingerprint", result.Fingerprint);
        json.WriteNumber("events", run.MarketDataCount);
        json.WriteNumberOrNull("seconds", result.Seconds);
        json.WriteNumberOrNull("events_per_second", result.EventsPerSecond);
        json.WriteNumberOrNull("peak_memory_mb", result.PeakMemoryMegabytes);
        json.WriteString("first", run.First.ToString());
        json.WriteString("last", run.Last.ToString());
        json.WriteNumber("orders", run.OrderCount);
        json.WriteNumber("fills", run.FillCount);
        json.WriteNumberOrNull("fill_rate", FillRateOf(result.FillRates));
        json.WriteNumber("refused", run.RefusedCount);
        json.WriteNumber("rejected", run.RejectedCount);
        json.WriteNumber("rejected_changes", result.RejectedChangeCount);
        json.WriteNumber("live_orders", run.LiveOrderCount);
        json.WriteString("currency", run.Currency.ToString());
        WriteMoney(json, "fees", run.Totals?.Fees);
        WriteMoney(json, "realized_pnl", run.Totals?.Realized);
        WriteMoney(json, "unrealized_pnl", run.Totals?.Unrealized);
        WriteMoney(json, "equity_start", run.Totals?.Start);
        WriteMoney(json, "equity_end", run.Totals?.Equity);
        json.WriteNumberOrNull("max_drawdown", run.DrawdownMax ?? double.NaN);
        json.WriteNumberOrNull("sharpe", result.Sharpe);
        if (run.Margin is { } margin) WriteMargin(json, result, margin);
        json.WriteString("traded_quantity", result.Traded.ToString());
        if (result.Carried is { } carried) WriteCarried(json, result, carried);
        WriteReasons(json, result);
        RiskJson.Write(json, result);
        WriteStrategies(json, result);
        if (run.ByCurrency.Count > 1) WriteCurrencies(json, run);
        WriteInstruments(json, result);
        WriteDataAnomalies(json, result.DataAnomalies);
        WriteOrderAnomalies(json, run);
        RiskHistoryJson.Write(json, result.Risk, run.First, run.Last, strategy => run.Strategies[strategy].Name, id => result.Instruments[id.Index].Symbol.ToString());
        WriteBooks(json, result.Books);
        WriteVenue(json, result);
        WriteNotes(json, result.Notes);
        if (result.Inputs.Count > 0) WriteInputs(json, result.Inputs);
        json.WriteEndObject();
    }

    private static void WriteMargin(Utf8JsonWriter json, BacktestResult result, MarginExtremes margin)
    {
        json.WriteStartObject("margin");
        json.WriteNumberOrNull("maintenance_ratio_max", margin.MaintenanceRatioMax);
        json.WriteNumberOrNull("leverage_max", margin.LeverageMax);
        json.WriteNumberOrNull("liquidation_distance_min", margin.LiquidationDistanceMin);
        json.WriteString("nearest", margin.Nearest.IsNone ? null : result.Instruments[margin.Nearest.Index].Symbol.ToString());
        json.WriteEndObject();
    }

    private static void WriteCarried(Utf8JsonWriter json, BacktestResult result, CarriedSummary carried)
    {
        json.WriteStartObject("carried");
        json.WriteNumber("sessions", carried.Session);
        json.WriteString("until", carried.Until.ToString());
        WriteMoney(json, "equity", carried.Totals?.Equity);
        json.WriteNumber("open_orders", carried.OrderCount);
        json.WriteStartArray("positions");
        foreach (AccountPosition position in carried.Positions)
        {
            json.WriteStartObject();
            json.WriteString("strategy", OwnerOf(position, result.Run));
            json.WriteString("symbol", result.Instruments[position.Instrument.Index].Symbol.ToString());
            if (position.Side != PositionSide.Net) json.WriteString("side", Words.Of(position.Side));
            json.WriteString("quantity", position.Quantity.ToString());
            json.WriteBoolean("in_data", !carried.WithoutData.Contains(position.Instrument));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static string OwnerOf(AccountPosition position, RunSummary run) => position.Strategy < 0 ? "external" : run.Strategies[position.Strategy].Name;

    private static void WriteStrategies(Utf8JsonWriter json, BacktestResult result)
    {
        json.WriteStartObject("by_strategy");
        for (int i = 0; i < result.Run.Strategies.Count; i++)
        {
            StrategySummary strategy = result.Run.Strategies[i];
            json.WriteStartObject(strategy.Name);
            json.WriteNumber("orders", strategy.OrderCount);
            json.WriteNumber("refused", strategy.RefusedCount);
            json.WriteNumber("fills", strategy.FillCount);
            if (i < result.FillRates.Count) json.WriteNumberOrNull("fill_rate", result.FillRates[i].OfQuantity);
            WriteMoney(json, "fees", strategy.Totals?.Fees);
            WriteMoney(json, "realized_pnl", strategy.Totals?.Realized);
            WriteMoney(json, "unrealized_pnl", strategy.Totals?.Unrealized);
            ReportSlippage.Write(json, result.Slippage.Where(sum => sum.Strategy == i), id => result.Instruments[id.Index].Symbol.ToString());
            if (strategy.Failure is { } failure)
            {
                json.WriteStartObject("halted");
                json.WriteNumber("input", failure.Input);
                json.WriteString("event", HaltedText.Event(failure, result.Instruments));
                json.WriteString("time", failure.Time.ToString());
                json.WriteString("callback", failure.Callback.ToString());
                json.WriteString("message", failure.Message);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteCurrencies(Utf8JsonWriter json, RunSummary run)
    {
        json.WriteStartObject("by_currency");
        foreach (CurrencySummary currency in run.ByCurrency)
        {
            json.WriteStartObject(currency.Currency.ToString());
            WriteMoney(json, "fees", currency.Totals.Fees);
            WriteMoney(json, "realized_pnl", currency.Totals.Realized);
            WriteMoney(json, "unrealized_pnl", currency.Totals.Unrealized);
            WriteMoney(json, "equity_start", currency.Totals.Start);
            WriteMoney(json, "equity_end", currency.Totals.Equity);
            json.WriteNumberOrNull("max_drawdown", currency.DrawdownMax);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Quantity filled of the quantity sent, over all strategies of ours.</summary>
    private static double FillRateOf(IReadOnlyList<FillRate> rates) =>
        rates.Sum(rate => rate.FilledQuantity.ToDouble()) / rates.Sum(rate => rate.SentQuantity.ToDouble());

    /// <summary>Null where nobody can say it in the account's currency.</summary>
    private static void WriteMoney(Utf8JsonWriter json, string name, decimal? amount)
    {
        if (amount is { } known) json.WriteString(name, ReportNumbers.Money(known));
        else json.WriteNull(name);
    }

    private static void WriteReasons(Utf8JsonWriter json, BacktestResult result)
    {
        json.WriteStartObject("reasons");
        foreach ((ReasonCode reason, long count) in result.Reasons) json.WriteNumber(Words.Of(reason), count);
        json.WriteEndObject();
    }

    private static void WriteInstruments(Utf8JsonWriter json, BacktestResult result)
    {
        json.WriteStartArray("instruments");
        foreach ((InstrumentDefinition instrument, Volume position) in result.Instruments.Zip(result.Positions))
        {
            json.WriteStartObject();
            json.WriteNumber("id", instrument.VenueInstrument);
            json.WriteString("symbol", instrument.Symbol.ToString());
            json.WriteString("tick", instrument.Tick.ToString());
            json.WriteString("lot", instrument.Lot.ToString());
            json.WriteString("multiplier", ReportNumbers.Money(instrument.Multiplier));
            json.WriteString("kind", Words.Of(instrument.Kind));
            json.WriteString("currency", (instrument.Currency.IsNone ? result.Run.Currency : instrument.Currency).ToString());
            json.WriteString("position", position.ToString());
            json.WriteStartArray("assumed");
            foreach (string property in Assumptions.Of(instrument)) json.WriteStringValue(property);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteDataAnomalies(Utf8JsonWriter json, AnomalyCounts counts)
    {
        json.WriteStartObject("anomalies");
        for (int kind = 0; kind < AnomalyCounts.Kinds; kind++) json.WriteNumber(Words.Of((BookAnomaly)kind), counts[kind]);
        json.WriteEndObject();
    }

    /// <summary>How often a venue's reports disagreed with what we believed, by kind.</summary>
    internal static IEnumerable<(string Name, long Count)> OrderAnomalies(RunSummary run)
    {
        OrderAnomalies counts = run.Anomalies;
        return
        [
            ("repeated_execution", counts.RepeatedExecution), ("filled_after_close", counts.FilledAfterClose), ("overfilled", counts.Overfilled),
            ("unknown_order", counts.UnknownOrder), ("mismatched", counts.Mismatched), ("late", counts.Late), ("malformed", counts.Malformed),
            ("unvalued_fills", run.UnvaluedFillCount),
        ];
    }

    private static void WriteOrderAnomalies(Utf8JsonWriter json, RunSummary run)
    {
        json.WriteStartObject("order_anomalies");
        foreach ((string name, long count) in OrderAnomalies(run)) json.WriteNumber(name, count);
        json.WriteEndObject();
    }

    private static void WriteBooks(Utf8JsonWriter json, BooksResult books)
    {
        json.WriteStartObject("books");
        json.WriteNumber("fills", books.Fills);
        json.WriteNumber("compared", books.Checked);
        if (books.Difference is { } difference)
        {
            json.WriteStartObject("difference");
            json.WriteString("what", difference.What);
            json.WriteString("engine", difference.Engine);
            json.WriteString("twin", difference.Twin);
            json.WriteNumber("fill", difference.Execution);
            json.WriteString("where", difference.Fill);
            json.WriteString("time", difference.Time.ToString());
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteVenue(Utf8JsonWriter json, BacktestResult result)
    {
        json.WriteStartObject("venue");
        json.WriteNumber("resting_orders", result.Driver.LiveOrders);
        json.WriteNumber("pending_commands", result.Driver.PendingCommands);
        json.WriteNumber("pending_reports", result.Driver.PendingReports);
        json.WriteNumber("look_ahead_bytes_max", result.Driver.LookAheadMax);
        json.WriteNumber("look_ahead_stops", result.Driver.LookAheadStops);
        json.WriteEndObject();
    }

    private static void WriteNotes(Utf8JsonWriter json, NoteCounts notes)
    {
        json.WriteStartObject("notes");
        json.WriteNumber("plots", notes.Plots);
        json.WriteNumber("annotations", notes.Annotations);
        json.WriteNumber("debug", notes.Debugs);
        json.WriteNumber("info", notes.Infos);
        json.WriteNumber("warning", notes.Warnings);
        json.WriteNumber("error", notes.Errors);
        json.WriteNumber("left_out", notes.LeftOut);
        json.WriteEndObject();
    }

    /// <summary>By their content, so that whoever runs it again later knows whether it is the same.</summary>
    private static void WriteInputs(Utf8JsonWriter json, IReadOnlyList<RunInput> inputs)
    {
        json.WriteStartArray("inputs");
        foreach (RunInput input in inputs)
        {
            json.WriteStartObject();
            json.WriteString("role", input.Role);
            json.WriteString("file", input.File);
            json.WriteNumber("bytes", input.Bytes);
            json.WriteString("hash", input.Hash);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
