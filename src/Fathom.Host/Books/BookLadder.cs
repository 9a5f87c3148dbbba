using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Spectre.Console;

namespace Fathom.Host.Books;

/// <summary>A book as a ladder in the terminal: asks above, bids below, a bar for each level's quantity.</summary>
internal static class BookLadder
{
    private const int BarWidth = 30;
    private const string Blocks = " ▏▎▍▌▋▊▉█";      // eighths

    public static void Write(IAnsiConsole console, BookReplay replay, int levels)
    {
        InstrumentDefinition definition = replay.Definition;
        OrderBook book = replay.Book;
        BookLevel[] bids = Levels(book, Side.Buy, levels), asks = Levels(book, Side.Sell, levels);
        long most = Math.Max(1, Math.Max(Most(bids), Most(asks)));

        console.MarkupLine($"[bold]{definition.Symbol.ToString().EscapeMarkup()}[/] [grey]({definition.VenueInstrument})[/]  {replay.Time}  [grey]{replay.Records:N0} records[/]");
        if (book.IsStale) console.MarkupLine("[yellow]The feed lost messages and has not rebuilt the book since: it is stale.[/]");
        Table table = new Table().NoBorder().HideHeaders();
        table.AddColumns(new TableColumn("price").RightAligned(), new TableColumn("quantity").RightAligned(), new TableColumn("orders").RightAligned(),
            new TableColumn("bar"));
        for (int i = asks.Length - 1; i >= 0; i--) AddRow(table, asks[i], "red", most);
        table.AddRow(new Markup($"[grey]{Spread(bids, asks)}[/]"));
        foreach (BookLevel level in bids) AddRow(table, level, "green", most);
        console.Write(table);

        console.MarkupLine($"{book.OrderCount:N0} resting orders on {book.LevelCount(Side.Buy):N0} bid and {book.LevelCount(Side.Sell):N0} ask levels");
        console.MarkupLine(replay.Trades.Count == 0 ? "no trades" : $"{replay.Trades.Count:N0} trades, quantity {replay.Trades.Quantity}, average price {replay.Trades.Vwap:0.######}");
        console.MarkupLine($"[grey]{Anomalies(book.Anomalies)}[/]");
    }

    private static BookLevel[] Levels(OrderBook book, Side side, int count)
    {
        var levels = new BookLevel[Math.Min(count, book.LevelCount(side))];
        book.CopyLevels(side, levels);
        return levels;
    }

    private static long Most(BookLevel[] levels)
    {
        long most = 0;
        foreach (BookLevel level in levels) most = Math.Max(most, level.Quantity.Nanos);
        return most;
    }

    private static void AddRow(Table table, BookLevel level, string colour, long most)
    {
        string orders = level.Orders == 0 ? "" : $"× {level.Orders}";
        table.AddRow($"[{colour}]{level.Price}[/]", level.Quantity.ToString(), $"[grey]{orders}[/]", $"[{colour}]{Bar((double)level.Quantity.Nanos / most)}[/]");
    }

    private static string Bar(double share)
    {
        int eighths = Math.Max(1, (int)Math.Round(share * BarWidth * 8));
        string whole = new('█', eighths / 8);
        return eighths % 8 == 0 ? whole : whole + Blocks[eighths % 8];
    }

    private static string Spread(BookLevel[] bids, BookLevel[] asks)
    {
        if (bids.Length == 0 || asks.Length == 0) return "one side is empty";
        Int128 spread = (Int128)asks[0].Price.Nanos - bids[0].Price.Nanos;
        string text = new Volume(Int128.Abs(spread)).ToString();
        return spread < 0 ? $"crossed by {text}" : $"spread {text}";
    }

    private static string Anomalies(in AnomalyCounts counts)
    {
        List<string> parts = [];
        foreach (BookAnomaly kind in Enum.GetValues<BookAnomaly>())
            if (counts.Of(kind) != 0) parts.Add($"{counts.Of(kind):N0} × {Words(kind)}");
        return parts.Count == 0 ? "no anomalies" : "anomalies: " + string.Join(", ", parts);
    }

    private static string Words(BookAnomaly kind) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()).Replace('_', ' ');
}
