using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>
/// How much rests near the mid, compared with what is usual: L ÷ mean(L), 1 as usual, above it more. L is the quantity of both sides at levels whose price is within so many basis points of the mid.
/// The mean is over the time before the book, not over events: a burst of them does not turn what it does to the book into the usual. L counts for as long as its book was the newest, weighted by
/// e^(−age ÷ tau). Known from the second sound book at a later time on; NaN while the book is not sound, which time counts nothing, and where nothing was near the mid so far.
/// </summary>
public sealed class LiquidityScore : TapeFeature
{
    private const double Slack = 1 + 1e-9;      // a level right at the distance is within it, however its price was rounded

    private readonly double _distance;      // of the mid
    private readonly double _tau;           // nanoseconds
    private double _sum, _weight;           // ∫ L, ∫ 1, weighted, up to _time
    private double _liquidity = double.NaN;      // L of the newest book; NaN where it is not sound
    private Timestamp _time;

    /// <param name="bps">Farthest distance from the mid, in basis points, above zero.</param>
    /// <param name="levels">Of each side that are looked at, 1 to <see cref="BookSample.DepthMax"/>.</param>
    /// <param name="tau">After it a moment weighs 1 ÷ e; above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">Something is out of its range.</exception>
    public LiquidityScore(double bps, int levels, Duration tau)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bps);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, BookSample.DepthMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tau.Nanos, nameof(tau));
        (_distance, Depth, _tau) = (bps / 10_000 * Slack, levels, tau.Nanos);
    }

    /// <inheritdoc/>
    public override bool TakesBook => true;

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    public override void TakeBook(BookSample book)
    {
        if (book.Time > _time) Age(book.Time);
        _time = book.Time;
        _liquidity = book.IsSound ? Near(book) : double.NaN;
        Set(_liquidity / (_sum / _weight));
    }

    /// <inheritdoc/>
    protected override void Clear() => (_sum, _weight, _liquidity, _time) = (0, 0, double.NaN, default);

    private void Age(Timestamp now)
    {
        double age = (now.Nanos - _time.Nanos) / _tau, decay = Portable.Exp(-age);
        (_sum, _weight) = (_sum * decay, _weight * decay);
        if (double.IsNaN(_liquidity)) return;
        double passed = age > 0.01 ? 1 - decay : age * (1 - age / 2 * (1 - age / 3 * (1 - age / 4 * (1 - age / 5))));      // 1 − e^−age, without losing digits
        _sum += _liquidity * passed;
        _weight += passed;
    }

    private double Near(BookSample book)
    {
        double mid = book.Mid, distance = _distance * mid;
        return Near(book.BidPrices, book.BidQuantities, mid, distance) + Near(book.AskPrices, book.AskQuantities, mid, distance);
    }

    private double Near(ReadOnlySpan<double> prices, ReadOnlySpan<double> quantities, double mid, double distance)
    {
        double sum = 0;
        int count = Math.Min(prices.Length, Depth);
        for (int i = 0; i < count && Math.Abs(prices[i] - mid) <= distance; i++) sum += quantities[i];
        return sum;
    }
}
