namespace Fathom.Engine.Features.Sliding;

/// <summary>Mean and sum of squared deviations from it.</summary>
/// <param name="Mean">Measured from the origin.</param>
/// <param name="Squares">Σ(x − mean)²; exactly 0 where all samples are equal.</param>
/// <remarks>Chan, Golub, LeVeque (1983), "Algorithms for computing the sample variance"; with a single sample as the newer part it is Welford's.</remarks>
internal readonly record struct MomentTotal(double Count, double Mean, double Squares) : ITotal<MomentTotal, double>
{
    public static MomentTotal Of(in double sample, in double origin) => new(1, sample - origin, 0);

    public static MomentTotal Merge(in MomentTotal older, in MomentTotal newer)
    {
        double count = older.Count + newer.Count, share = newer.Count / count, difference = newer.Mean - older.Mean;
        return new MomentTotal(count, older.Mean + difference * share, older.Squares + newer.Squares + difference * difference * (older.Count * share));
    }

    /// <summary>Mean squared deviation; NaN where there are not more samples than that.</summary>
    /// <param name="ddof">Taken from the count: 1 of a sample, 0 of a whole population.</param>
    public double Variance(int ddof) => Count > ddof ? Squares / (Count - ddof) : double.NaN;
}
