namespace Fathom.Engine.Features.Sliding;

/// <summary>The sum of squares.</summary>
internal readonly record struct SquareTotal(double Value) : ITotal<SquareTotal, double>
{
    public static SquareTotal Of(in double sample, in double origin) => new(sample * sample);

    public static SquareTotal Merge(in SquareTotal older, in SquareTotal newer) => new(older.Value + newer.Value);
}
