namespace Fathom.Engine.Features.Sliding;

/// <summary>The sum of numbers, with what rounding took from it: {1, 1e100, 1, −1e100} come to 2.</summary>
/// <remarks>Knuth's error-free sum of two numbers.</remarks>
internal readonly record struct SumTotal(double High, double Low) : ITotal<SumTotal, double>
{
    public double Value => High + Low;

    public static SumTotal Of(in double sample, in double origin) => new(sample, 0);

    public static SumTotal Merge(in SumTotal older, in SumTotal newer)
    {
        double sum = older.High + newer.High, part = sum - older.High;
        return new SumTotal(sum, (older.High - (sum - part)) + (newer.High - part) + (older.Low + newer.Low));
    }
}
