using Fathom.Domain.Numerics;

namespace Fathom.Simulation.Generator;

/// <summary>Draws of a positive quantity given by its quantiles: one random word, one table look-up, integer arithmetic.</summary>
/// <remarks>Between the knots the logarithm is linear, so a handful of measured quantiles over eight decades describes a feed's gaps and delays well.</remarks>
internal sealed class QuantileTable
{
    private const int CellBits = 12, FractionBits = 16;
    private const int Cells = 1 << CellBits;

    private readonly long[] _edges = new long[Cells + 1];

    /// <param name="shares">Rising from 0 to 1.</param>
    /// <param name="values">The quantiles at these shares, above zero, not falling.</param>
    public QuantileTable(ReadOnlySpan<double> shares, ReadOnlySpan<double> values)
    {
        int knot = 0;
        for (int i = 0; i <= Cells; i++)
        {
            double share = (double)i / Cells;
            while (knot + 2 < shares.Length && share > shares[knot + 1]) knot++;
            double weight = (share - shares[knot]) / (shares[knot + 1] - shares[knot]);
            double low = Portable.Log(values[knot]);
            _edges[i] = (long)Portable.Exp(low + weight * (Portable.Log(values[knot + 1]) - low));
        }
        Mean = MeanOf(_edges);
    }

    private QuantileTable(long[] edges)
    {
        _edges = edges;
        Mean = MeanOf(edges);
    }

    public double Mean { get; }

    /// <summary>The exponential distribution of this mean, cut at the 1 − 1/16384 quantile.</summary>
    public static QuantileTable Exponential(double mean)
    {
        long[] edges = new long[Cells + 1];
        for (int i = 0; i <= Cells; i++)
        {
            double survivors = i < Cells ? 1 - (double)i / Cells : 0.25 / Cells;
            edges[i] = (long)(-Portable.Log(survivors) * mean);
        }
        return new QuantileTable(edges);
    }

    /// <param name="bits">Random; the lowest 28 bits are used.</param>
    public long Draw(ulong bits)
    {
        int cell = (int)(bits & (Cells - 1));
        long fraction = (long)(bits >> CellBits & ((1 << FractionBits) - 1));
        long low = _edges[cell];
        return low + ((_edges[cell + 1] - low) * fraction >> FractionBits);
    }

    private static double MeanOf(long[] edges)
    {
        double sum = 0;
        for (int i = 0; i < Cells; i++) sum += (edges[i] + edges[i + 1]) * 0.5;
        return sum / Cells;
    }
}
