using Fathom.Domain.Numerics;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>(B − A) ÷ (B + A) with B and A the quantities of the best levels of bids and asks, level i (0 the best) weighted by e^(−decay × i); −1 to 1. Levels that are not there count nothing.</summary>
public sealed class DepthImbalance : MomentFeature
{
    private readonly double[] _weights;

    /// <param name="levels">Of each side, 1 to <see cref="BookSample.DepthMax"/>.</param>
    /// <param name="decay">0 (all weigh the same) or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Something is out of its range.</exception>
    public DepthImbalance(int levels, double decay = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, BookSample.DepthMax);
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        _weights = new double[levels];
        for (int i = 0; i < levels; i++) _weights[i] = Portable.Exp(-decay * i);
    }

    /// <inheritdoc/>
    public override int Depth => _weights.Length;

    /// <inheritdoc/>
    protected override void Take(BookSample book)
    {
        double bids = Weighted(book.BidQuantities), asks = Weighted(book.AskQuantities), both = bids + asks;
        Set(both == 0 ? 0 : (bids - asks) / both);
    }

    private double Weighted(ReadOnlySpan<double> quantities)
    {
        double sum = 0;
        double[] weights = _weights;
        for (int i = 0; i < quantities.Length && i < weights.Length; i++) sum += weights[i] * quantities[i];
        return sum;
    }
}
