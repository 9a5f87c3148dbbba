namespace Fathom.Engine.Features.Sliding;

/// <summary>Means of pairs and sums of squared and crossed deviations from them.</summary>
/// <param name="First">Mean, measured from the origin.</param>
/// <param name="Second">Mean, measured from the origin.</param>
/// <remarks>Chan, Golub, LeVeque (1983), as in <see cref="MomentTotal"/>.</remarks>
internal readonly record struct PairTotal(double Count, double First, double Second, double FirstSquares, double SecondSquares, double Products) : ITotal<PairTotal, PairSample>
{
    public static PairTotal Of(in PairSample sample, in PairSample origin) => new(1, sample.First - origin.First, sample.Second - origin.Second, 0, 0, 0);

    public static PairTotal Merge(in PairTotal older, in PairTotal newer)
    {
        double count = older.Count + newer.Count, share = newer.Count / count, weight = older.Count * share;
        double first = newer.First - older.First, second = newer.Second - older.Second;
        return new PairTotal(count, older.First + first * share, older.Second + second * share,
            older.FirstSquares + newer.FirstSquares + first * first * weight, older.SecondSquares + newer.SecondSquares + second * second * weight, older.Products + newer.Products + first * second * weight);
    }

    /// <summary>Pearson's correlation, −1 to 1; 0 where one of the two does not move.</summary>
    public double Correlation
    {
        get
        {
            double scale = Math.Sqrt(FirstSquares) * Math.Sqrt(SecondSquares);
            return scale > 0 ? Math.Max(-1, Math.Min(1, Products / scale)) : 0;
        }
    }

    /// <summary>NaN where there are not more pairs than that.</summary>
    public double Covariance(int ddof) => Count > ddof ? Products / (Count - ddof) : double.NaN;
}
