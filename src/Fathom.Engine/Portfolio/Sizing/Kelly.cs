namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>The fraction of the equity that lets it grow fastest, and how fast it grows by another one.</summary>
/// <remarks>Sources: Kelly (1956), "A new interpretation of information rate"; Thorp (2006), "The Kelly criterion in blackjack, sports betting and the stock market". What is true of the
/// numbers that go in nobody knows: stake a part of it, and less where they are uncertain (<see cref="WinRate"/>, <see cref="Shrinkage"/>).</remarks>
public static class Kelly
{
    /// <summary>For bets that are won or lost.</summary>
    /// <param name="winRate">Probability of a win, 0 to 1; trades that are neither do not count.</param>
    /// <param name="payoff">Average win / average loss, after fees.</param>
    /// <param name="lossFraction">What a loss takes of the stake, above 0; 1 where it takes all.</param>
    /// <returns>Stake / equity, above one where a loss takes little of the stake: f* = (p − (1 − p) / b) / L. 0 without an edge, and where a number is not one (no loss yet: no payoff).</returns>
    public static double Discrete(double winRate, double payoff, double lossFraction = 1)
    {
        bool isKnown = winRate is >= 0 and <= 1 && payoff > 0 && double.IsFinite(payoff) && lossFraction > 0 && double.IsFinite(lossFraction);
        return isKnown ? Edge((winRate - (1 - winRate) / payoff) / lossFraction) : 0;
    }

    /// <summary>For a return of any size.</summary>
    /// <param name="mean">Of the return less what money earns without risk, per period.</param>
    /// <param name="variance">Of the return, in the same period.</param>
    /// <returns>Position / equity: f* = μ / σ². 0 without an edge, and where a number is not one.</returns>
    public static double Continuous(double mean, double variance) =>
        double.IsFinite(mean) && double.IsFinite(variance) && variance > 0 ? Edge(mean / variance) : 0;

    /// <summary>For several returns at once: f* = Σ⁻¹ μ, by Cholesky's decomposition.</summary>
    /// <param name="means">[asset], as in <see cref="Continuous(double, double)"/>.</param>
    /// <param name="covariance">[asset × asset], row by row, symmetric.</param>
    /// <param name="fractions">[asset]: position / equity, below zero for one to be sold; zeros where there is no answer.</param>
    /// <returns>False where the covariance is not positive definite, or a number is not one.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static bool TryContinuous(ReadOnlySpan<double> means, ReadOnlySpan<double> covariance, Span<double> fractions)
    {
        int count = means.Length;
        if (covariance.Length != count * count || fractions.Length != count) throw new ArgumentException($"{count} means go with {count} × {count} covariances and {count} fractions.", nameof(covariance));
        double[] root = new double[count * count];
        fractions.Clear();
        if (!TryDecompose(covariance, root, count)) return false;
        for (int row = 0; row < count; row++)
        {
            double rest = means[row];
            for (int column = 0; column < row; column++) rest -= root[row * count + column] * fractions[column];
            fractions[row] = rest / root[row * count + row];
        }
        bool isFinite = true;
        for (int row = count - 1; row >= 0; row--)
        {
            double rest = fractions[row];
            for (int below = row + 1; below < count; below++) rest -= root[below * count + row] * fractions[below];
            fractions[row] = rest / root[row * count + row];
            isFinite &= double.IsFinite(fractions[row]);
        }
        if (!isFinite) fractions.Clear();
        return isFinite;
    }

    /// <summary>How fast equity grows when so much of it is staked on each bet: g(f) = p ln(1 + b f) + (1 − p) ln(1 − f).</summary>
    /// <param name="fraction">Stake / equity, 0 to below 1; a loss takes the whole stake.</param>
    /// <returns>Logarithm of the growth per bet; −∞ where a loss takes all, NaN where a number is not one.</returns>
    public static double DiscreteGrowth(double fraction, double winRate, double payoff)
    {
        if (fraction >= 1 && winRate < 1) return double.NegativeInfinity;
        double lost = winRate < 1 ? (1 - winRate) * Domain.Numerics.Portable.Log(1 - fraction) : 0;
        return winRate * Domain.Numerics.Portable.Log(1 + payoff * fraction) + lost;
    }

    /// <summary>How fast equity grows with a position of so much of it: r + f (μ − r) − f² σ² / 2.</summary>
    /// <param name="fraction">Position / equity.</param>
    /// <param name="mean">Of the return less <paramref name="riskless"/>, per period.</param>
    /// <param name="riskless">What money earns without risk, per period.</param>
    /// <returns>Logarithm of the growth per period.</returns>
    public static double ContinuousGrowth(double fraction, double mean, double variance, double riskless = 0) => riskless + fraction * mean - fraction * fraction * variance / 2;

    /// <summary>What is left of a continuous fraction once it is known how little so many observations say: max(0, 1 − 1 / (n SR²)), 0 to 1.</summary>
    /// <param name="observations">How many returns the mean and variance are of.</param>
    /// <param name="mean">Of the returns.</param>
    /// <param name="variance">Of the returns; the Sharpe ratio of one period is mean / √variance.</param>
    /// <remarks>Source: Baker and McHale (2013), "Optimal betting under parameter uncertainty": the factor of the mean's own error, 1/n of the variance, against its square.</remarks>
    public static double Shrinkage(int observations, double mean, double variance)
    {
        double certainty = observations * mean * mean;
        bool isKnown = observations > 0 && double.IsFinite(certainty) && certainty > 0 && variance >= 0 && double.IsFinite(variance);
        return isKnown ? Math.Max(0, 1 - variance / certainty) : 0;
    }

    private static double Edge(double fraction) => fraction > 0 && double.IsFinite(fraction) ? fraction : 0;

    private static bool TryDecompose(ReadOnlySpan<double> matrix, Span<double> root, int count)
    {
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double rest = matrix[row * count + column];
                for (int i = 0; i < column; i++) rest -= root[row * count + i] * root[column * count + i];
                if (row == column && !(rest > 0)) return false;
                root[row * count + column] = row == column ? Math.Sqrt(rest) : rest / root[column * count + column];
            }
        }
        return true;
    }
}
