using Fathom.Domain.Numerics;
using Fathom.Engine.Features.Catalog;
using Fathom.Host.Verify;

namespace Fathom.Tests.Engine.Features;

/// <summary>Samples from which everything can be computed: a value each second that always moves, books with two sides, one session.</summary>
internal static class LivelySeries
{
    private const double Second = 1e9;

    public static FeatureTable Make(FeatureTakes takes, ulong seed, int rows)
    {
        if (takes == FeatureTakes.Tape) return Tape(seed, rows);
        SplitMix64 random = new(seed);
        int columns = FeatureTable.ColumnsOf(takes);
        double[] cells = new double[rows * columns];
        double value = 1_000, other = 500;
        for (int row = 0; row < rows; row++)
        {
            Span<double> cell = cells.AsSpan(row * columns, columns);
            (cell[FeatureTable.Time], cell[FeatureTable.Opens]) = (row * Second, row == 0 ? 1 : 0);
            double step = random.NextNormal();
            value = Math.Abs(value + step);
            other = Math.Abs(other + 0.5 * step + 0.5 * random.NextNormal());
            if (takes == FeatureTakes.Values) cell[FeatureTable.Value] = value;
            else if (takes == FeatureTakes.Pairs) (cell[FeatureTable.Which], cell[FeatureTable.PairValue]) = (row % 2, row % 2 == 0 ? value : other);
            else Bar(cell, value, ref random);
        }
        return new FeatureTable(takes, $"lively {seed}", cells);
    }

    private static void Bar(Span<double> cell, double open, ref SplitMix64 random)
    {
        double close = Math.Abs(open + random.NextNormal());
        (cell[FeatureTable.Open], cell[FeatureTable.Close]) = (open, close);
        cell[FeatureTable.High] = Math.Max(open, close) + 0.1 + random.NextUnit();
        cell[FeatureTable.Low] = Math.Max(Math.Min(open, close) - 0.1 - random.NextUnit(), 0.01);
        cell[FeatureTable.Volume] = 1 + 100 * random.NextUnit();
    }

    private static FeatureTable Tape(ulong seed, int rows)
    {
        FeatureTable walk = SampleSeries.Make(FeatureTakes.Tape, SampleKind.Walk, seed, rows);
        double[] cells = walk.Cells.ToArray();
        for (int row = 1; row < rows; row++) cells[row * walk.Columns + FeatureTable.Opens] = 0;
        return new FeatureTable(FeatureTakes.Tape, $"lively {seed}", cells);
    }
}
