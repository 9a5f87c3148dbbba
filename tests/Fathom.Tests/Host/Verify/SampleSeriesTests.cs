using Fathom.Engine.Features.Catalog;
using Fathom.Host.Verify;

namespace Fathom.Tests.Host.Verify;

public class SampleSeriesTests
{
    public static TheoryData<FeatureTakes, SampleKind> All
    {
        get
        {
            TheoryData<FeatureTakes, SampleKind> all = [];
            foreach (FeatureTakes takes in Enum.GetValues<FeatureTakes>())
                foreach (SampleKind kind in SampleSeries.Kinds) all.Add(takes, kind);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_seed_makes_the_same_samples_again_and_another_makes_others(FeatureTakes takes, SampleKind kind)
    {
        double[] first = SampleSeries.Make(takes, kind, 1, 200).Cells.ToArray();
        Assert.Equal(first, SampleSeries.Make(takes, kind, 1, 200).Cells.ToArray());
        if (kind != SampleKind.Constant) Assert.NotEqual(first, SampleSeries.Make(takes, kind, 2, 200).Cells.ToArray());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Times_never_run_backwards_and_are_whole(FeatureTakes takes, SampleKind kind)
    {
        FeatureTable table = SampleSeries.Make(takes, kind, 3, 400);
        double last = 0;
        for (int row = 0; row < table.Rows; row++)
        {
            double time = table.Row(row)[FeatureTable.Time];
            Assert.True(time >= last && time == Math.Floor(time), $"row {row}: {time} behind {last}");
            last = time;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Bars_and_books_are_such_as_there_can_be(FeatureTakes takes, SampleKind kind)
    {
        if (takes is not (FeatureTakes.Bars or FeatureTakes.Tape)) return;
        FeatureTable table = SampleSeries.Make(takes, kind, 4, 1_000);
        for (int row = 0; row < table.Rows; row++)
        {
            ReadOnlySpan<double> cells = table.Row(row);
            bool isBook = takes == FeatureTakes.Tape && cells[FeatureTable.Kind] == FeatureTable.BookKind;
            if (takes == FeatureTakes.Bars && kind != SampleKind.Missing) RequireBar(cells, row);
            if (isBook) RequireSide(cells, FeatureTable.Bids, cells[FeatureTable.BidCount], -1, row);
            if (isBook) RequireSide(cells, FeatureTable.Asks, cells[FeatureTable.AskCount], 1, row);
            if (isBook && kind != SampleKind.Missing) Assert.True(cells[FeatureTable.Bids] < cells[FeatureTable.Asks], $"row {row}: a crossed book");
        }
    }

    [Fact]
    public void What_is_missing_is_missing_in_every_way()
    {
        FeatureTable tape = SampleSeries.Make(FeatureTakes.Tape, SampleKind.Missing, 5, 2_000);
        int stale = 0, oneSided = 0, empty = 0, locked = 0, crossed = 0;
        for (int row = 0; row < tape.Rows; row++)
        {
            ReadOnlySpan<double> cells = tape.Row(row);
            if (cells[FeatureTable.Kind] != FeatureTable.BookKind) continue;
            (double bids, double asks) = (cells[FeatureTable.BidCount], cells[FeatureTable.AskCount]);
            if (cells[FeatureTable.Stale] == 1) stale++;
            if (bids == 0 != (asks == 0)) oneSided++;
            if (bids == 0 && asks == 0) empty++;
            if (cells[FeatureTable.Bids] == cells[FeatureTable.Asks]) locked++;
            if (cells[FeatureTable.Bids] > cells[FeatureTable.Asks]) crossed++;
        }
        Assert.All([stale, oneSided, empty, locked, crossed], count => Assert.InRange(count, 10, 500));
        double[] values = SampleSeries.Make(FeatureTakes.Values, SampleKind.Missing, 5, 1_000).Cells.ToArray();
        Assert.All((Predicate<double>[])[double.IsNaN, double.IsPositiveInfinity, double.IsNegativeInfinity], isSo => Assert.InRange(values.Count(value => isSo(value)), 40, 150));
    }

    private static void RequireBar(ReadOnlySpan<double> bar, int row)
    {
        (double open, double high, double low, double close) = (bar[FeatureTable.Open], bar[FeatureTable.High], bar[FeatureTable.Low], bar[FeatureTable.Close]);
        Assert.True(low > 0 && low <= Math.Min(open, close) && high >= Math.Max(open, close) && bar[FeatureTable.Volume] >= 0, $"row {row}: {open} {high} {low} {close}");
    }

    private static void RequireSide(ReadOnlySpan<double> book, int side, double count, int away, int row)
    {
        for (int level = 0; level < FeatureTable.Depth; level++)
        {
            (double price, double quantity) = (book[side + 2 * level], book[side + 2 * level + 1]);
            Assert.True(level < count ? price > 0 && quantity > 0 : double.IsNaN(price) && double.IsNaN(quantity), $"row {row}, level {level}: {price} × {quantity}");
            if (level > 0 && level < count) Assert.True(Math.Sign(price - book[side + 2 * level - 2]) == away, $"row {row}, level {level} is not behind the one before");
        }
    }
}
