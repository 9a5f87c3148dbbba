using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Terminal;
using Fathom.Market.Books;

namespace Fathom.Host.Books;

/// <summary>A book as <c>fathom book --json</c> shows it. Prices and quantities are exact decimal strings.</summary>
internal static class BookJson
{
    public static void Write(Utf8JsonWriter json, BookReplay replay, int levels)
    {
        InstrumentDefinition definition = replay.Definition;
        OrderBook book = replay.Book;
        json.WriteStartObject();
        json.WriteStartObject("instrument");
        json.WriteNumber("id", definition.VenueInstrument);
        json.WriteString("symbol", definition.Symbol.ToString());
        json.WriteEndObject();
        json.WriteString("time", replay.Time.ToString());
        json.WriteNumber("records", replay.Records);
        json.WriteNumber("resting_orders", book.OrderCount);
        json.WriteNumber("bid_levels", book.LevelCount(Side.Buy));
        json.WriteNumber("ask_levels", book.LevelCount(Side.Sell));
        json.WriteBoolean("stale", book.IsStale);
        json.WriteBoolean("event_open", book.IsEventOpen);
        WriteLevels(json, "bids", book, Side.Buy, levels);
        WriteLevels(json, "asks", book, Side.Sell, levels);
        WriteTrades(json, replay.Trades);
        WriteAnomalies(json, book.Anomalies);
        json.WriteEndObject();
    }

    private static void WriteLevels(Utf8JsonWriter json, string name, OrderBook book, Side side, int count)
    {
        var levels = new BookLevel[Math.Min(count, book.LevelCount(side))];
        book.CopyLevels(side, levels);
        json.WriteStartArray(name);
        foreach (BookLevel level in levels)
        {
            json.WriteStartObject();
            json.WriteString("price", level.Price.ToString());
            json.WriteString("quantity", level.Quantity.ToString());
            json.WriteNumber("orders", level.Orders);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTrades(Utf8JsonWriter json, BookTrades trades)
    {
        json.WriteStartObject("trades");
        json.WriteNumber("count", trades.Count);
        json.WriteString("quantity", trades.Quantity.ToString());
        json.WriteNumberOrNull("vwap", trades.Vwap);
        json.WriteEndObject();
    }

    private static void WriteAnomalies(Utf8JsonWriter json, in AnomalyCounts counts)
    {
        json.WriteStartObject("anomalies");
        foreach (BookAnomaly kind in Enum.GetValues<BookAnomaly>())
            json.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), counts.Of(kind));
        json.WriteEndObject();
    }
}
