namespace Fathom.Domain.Numerics;

/// <summary>Draws from the Poisson distribution.</summary>
internal static class PoissonSampler
{
    public const double MeanMax = 1e15;

    /// <summary>From here on rejection is faster than adding up probabilities, and its constants are proven for means of at least 10.</summary>
    private const double RejectionMeanMin = 10;

    public static long Next(ref SplitMix64 random, double mean) => mean < RejectionMeanMin ? Invert(ref random, mean) : Reject(ref random, mean);

    /// <summary>Inversion: adds probabilities from zero upwards until they exceed one uniform draw.</summary>
    private static long Invert(ref SplitMix64 random, double mean)
    {
        double rest = random.NextUnit();
        double probability = Portable.Exp(-mean);
        long count = 0;
        while (rest >= probability)
        {
            rest -= probability;
            count++;
            probability *= mean / count;
            if (probability < 1e-18) break;      // what rounding left over; such a tail is below the draw's own step
        }
        return count;
    }

    /// <summary>Transformed rejection with squeeze; about 1.2 pairs of draws.</summary>
    /// <remarks>Hörmann (1993), "The transformed rejection method for generating Poisson random variables", algorithm PTRS.</remarks>
    private static long Reject(ref SplitMix64 random, double mean)
    {
        double b = 0.931 + 2.53 * Math.Sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double squeeze = 0.9277 - 3.6224 / (b - 2);
        while (true)
        {
            double u = random.NextUnit() - 0.5;
            double v = random.NextOpen();
            double distance = 0.5 - Math.Abs(u);
            double count = Math.Floor((2 * a / distance + b) * u + mean + 0.43);
            if (distance >= 0.07 && v <= squeeze) return (long)count;
            if (!(count >= 0 && count <= 4 * MeanMax) || (distance < 0.013 && v > distance)) continue;
            if (Portable.Log(v * inverseAlpha / (a / (distance * distance) + b)) <= LogProbability(count, mean)) return (long)count;
        }
    }

    /// <summary>ln(e^-mean · mean^count / count!) without subtracting large numbers from each other.</summary>
    /// <remarks>Loader (2000), "Fast and accurate computation of binomial probabilities": Stirling's error and the deviance, each computed by itself.</remarks>
    private static double LogProbability(double count, double mean)
    {
        if (count == 0) return -mean;
        return -StirlingError(count) - Deviance(count, mean) - 0.5 * Portable.Log(6.283185307179586 * count);
    }

    /// <summary>ln n! − [½·ln(2πn) + n·ln n − n].</summary>
    private static double StirlingError(double n)
    {
        if (n < 16) return StirlingErrors[(int)n];
        double square = n * n;
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / n;
    }

    /// <summary>x·ln(x/mean) + mean − x, by its series where the two nearly meet.</summary>
    private static double Deviance(double x, double mean)
    {
        double difference = x - mean;
        if (Math.Abs(difference) >= 0.1 * (x + mean)) return x * Portable.Log(x / mean) + mean - x;

        double v = difference / (x + mean);
        double sum = difference * v;
        double term = 2 * x * v;
        double square = v * v;
        for (int i = 3; i < 40; i += 2)
        {
            term *= square;
            double next = sum + term / i;
            if (next == sum) break;
            sum = next;
        }
        return sum;
    }

    /// <summary><see cref="StirlingError"/> of 0 … 15, where its series is too short; entry 0 is not used.</summary>
    private static ReadOnlySpan<double> StirlingErrors =>
    [
        0.0, 0.08106146679532726, 0.0413406959554093, 0.02767792568499834,
        0.020790672103765093, 0.016644691189821193, 0.013876128823070748, 0.01189670994589177,
        0.010411265261972096, 0.009255462182712733, 0.00833056343336287, 0.007573675487951841,
        0.00694284010720953, 0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
    ];
}
