namespace Fathom.Engine.Features.Microstructure;

/// <summary>What a straight line through points needs to know of them: how many, their means, and the sums of squares and products around the means. Two sets add up to their union, without taking
/// large numbers from each other.</summary>
/// <remarks>Source: Chan, Golub and LeVeque (1983), "Algorithms for computing the sample variance".</remarks>
internal readonly record struct LineMoments(double Count, double MeanX, double MeanY, double SquaresX, double Products)
{
    private const double SameWithin = 1e-12;      // x whose variance is below this part of their mean square do not differ: a slope would be of their rounding

    public static LineMoments Of(double x, double y) => new(1, x, y, 0, 0);

    /// <summary>Of the least-squares line; NaN where no two x differ.</summary>
    public double Slope => SquaresX > SameWithin * Count * MeanX * MeanX ? Products / SquaresX : double.NaN;

    /// <summary>Of the least-squares line through the origin; NaN where all x are 0.</summary>
    public double SlopeThroughOrigin => (Products + Count * MeanX * MeanY) / (SquaresX + Count * MeanX * MeanX);

    public static LineMoments operator +(LineMoments left, LineMoments right)
    {
        if (left.Count == 0) return right;
        if (right.Count == 0) return left;
        double count = left.Count + right.Count, share = right.Count / count, weight = left.Count * share;
        double x = right.MeanX - left.MeanX, y = right.MeanY - left.MeanY;
        return new LineMoments(count, left.MeanX + x * share, left.MeanY + y * share, left.SquaresX + right.SquaresX + x * x * weight, left.Products + right.Products + x * y * weight);
    }
}
