using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The sum of products.</summary>
internal readonly record struct OverlapTotal(SumTotal Products) : ITotal<OverlapTotal, OverlapSample>
{
    public static OverlapTotal Of(in OverlapSample sample, in OverlapSample origin) => new(new SumTotal(sample.Product, 0));

    public static OverlapTotal Merge(in OverlapTotal older, in OverlapTotal newer) => new(SumTotal.Merge(older.Products, newer.Products));
}
