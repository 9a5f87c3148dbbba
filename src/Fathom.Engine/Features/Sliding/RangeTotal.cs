namespace Fathom.Engine.Features.Sliding;

/// <summary>The smallest and the largest of numbers.</summary>
internal readonly record struct RangeTotal(double Low, double High) : ITotal<RangeTotal, double>
{
    public static RangeTotal Of(in double sample, in double origin) => new(sample, sample);

    public static RangeTotal Merge(in RangeTotal older, in RangeTotal newer) =>
        new(newer.Low < older.Low ? newer.Low : older.Low, newer.High > older.High ? newer.High : older.High);
}
