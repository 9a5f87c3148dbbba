using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Host.Verify;
using Fathom.Twins.SlowFeatures;

namespace Fathom.Tests.Engine.Features;

/// <summary>Holds a feature of book and trades to a slow one that sees all rows up to now: over series of each kind, and over tapes with empty sides, locked, crossed and stale books.</summary>
internal static class TapeTwin
{
    private const int Rows = 240;

    /// <param name="twin">Null: not known.</param>
    /// <param name="ofPrices">How much an error of the prices counts in the feature, whose inputs were rounded and the twin's not.</param>
    public static void Check(Func<TapeFeature> make, Func<IReadOnlyList<SlowTapeRow>, decimal?> twin, double ofPrices)
    {
        int known = 0;
        foreach (SampleKind kind in SampleSeries.Kinds)
        {
            FeatureTable table = SampleSeries.Make(FeatureTakes.Tape, kind, 17, Rows);
            TapeFeature feature = make();
            FeatureRun run = new(feature);
            known += Check(feature, [.. Enumerable.Range(0, Rows).Select(row => RowOf(table.Row(row)))], row => run.Take(table.Row(row)), twin, ofPrices, table.Name);
        }
        for (int seed = 0; seed < 3; seed++)
        {
            List<TapeRow> tape = TapeMarket.Of(seed, Rows);
            TapeFeature feature = make();
            known += Check(feature, [.. tape.Select(RowOf)], row => tape[row].ShowTo(feature), twin, ofPrices, $"tape {seed}");
        }
        Assert.True(known > Rows / 6, $"only {known} numbers were compared");
    }

    /// <param name="count">0: by time.</param>
    public static FeatureWindow Window(int count, int milliseconds) => count > 0 ? FeatureWindow.Samples(count) : FeatureWindow.Of(Duration.FromMilliseconds(milliseconds));

    public static SlowWindow Slow(FeatureWindow window) => new(window.Count, window.Time.Nanos);

    /// <summary>Every third moment: the twin begins from the start each time.</summary>
    private static int Check(TapeFeature feature, SlowTapeRow[] rows, Action<int> take, Func<IReadOnlyList<SlowTapeRow>, decimal?> twin, double ofPrices, string name)
    {
        int known = 0;
        double rounding = 4e-16 * ofPrices * rows.Max(row => Math.Abs((double)(row.Print?.Price ?? 0)));
        for (int row = 0; row < rows.Length; row++)
        {
            take(row);
            if (row % 3 != 0) continue;
            double expected = (double?)twin(rows[..(row + 1)]) ?? double.NaN;
            bool isSame = double.IsNaN(expected) ? double.IsNaN(feature.Value) : Math.Abs(expected - feature.Value) <= 1e-12 * Math.Max(1, Math.Abs(expected)) + rounding;
            Assert.True(isSame, $"{name}, row {row}: {feature.Value:R} instead of {expected:R}");
            if (!double.IsNaN(expected)) known++;
        }
        return known;
    }

    private static SlowTapeRow RowOf(ReadOnlySpan<double> cells)
    {
        (long time, bool opens) = ((long)cells[FeatureTable.Time], cells[FeatureTable.Opens] != 0);
        return cells[FeatureTable.Kind] switch
        {
            FeatureTable.BookKind => new SlowTapeRow(time, opens, new SlowLadder(cells[FeatureTable.Stale] != 0, Levels(cells[FeatureTable.Bids..], (int)cells[FeatureTable.BidCount]),
                Levels(cells[FeatureTable.Asks..], (int)cells[FeatureTable.AskCount])), null),
            FeatureTable.TradeKind => new SlowTapeRow(time, opens, null,
                Print(cells[FeatureTable.Price], cells[FeatureTable.Quantity], (int)cells[FeatureTable.Sign], cells[FeatureTable.Bid], cells[FeatureTable.Ask])),
            _ => new SlowTapeRow(time, opens, null, null),
        };
    }

    private static SlowTapeRow RowOf(TapeRow row) => new(row.Time.Nanos, row.Opens,
        row.Book is { } book ? new SlowLadder(book.IsStale, Levels(book.BidPrices, book.BidQuantities), Levels(book.AskPrices, book.AskQuantities)) : null,
        row.Trade is { } trade ? Print(trade.Price, trade.Quantity, trade.Sign, trade.Bid, trade.Ask) : null);

    private static (decimal, decimal)[] Levels(ReadOnlySpan<double> cells, int count)
    {
        (decimal, decimal)[] levels = new (decimal, decimal)[count];
        for (int i = 0; i < count; i++) levels[i] = ((decimal)cells[2 * i], (decimal)cells[2 * i + 1]);
        return levels;
    }

    private static (decimal, decimal)[] Levels(ReadOnlySpan<double> prices, ReadOnlySpan<double> quantities)
    {
        (decimal, decimal)[] levels = new (decimal, decimal)[prices.Length];
        for (int i = 0; i < levels.Length; i++) levels[i] = ((decimal)prices[i], (decimal)quantities[i]);
        return levels;
    }

    private static SlowPrint Print(double price, double quantity, int sign, double bid, double ask) =>
        new((decimal)price, (decimal)quantity, sign, double.IsNaN(bid) ? null : ((decimal)bid + (decimal)ask) / 2);
}
