using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>What the estimator of Yang and Zhang is made of.</summary>
/// <param name="Overnight">ln(open / close before).</param>
/// <param name="Session">ln(close / open).</param>
/// <param name="Range">Sum of the terms of Rogers and Satchell.</param>
internal readonly record struct YangZhangTotal(MomentTotal Overnight, MomentTotal Session, double Range) : ITotal<YangZhangTotal, YangZhangSample>
{
    public static YangZhangTotal Of(in YangZhangSample sample, in YangZhangSample origin) =>
        new(MomentTotal.Of(sample.Overnight, origin.Overnight), MomentTotal.Of(sample.Session, origin.Session), sample.Range);

    public static YangZhangTotal Merge(in YangZhangTotal older, in YangZhangTotal newer) =>
        new(MomentTotal.Merge(older.Overnight, newer.Overnight), MomentTotal.Merge(older.Session, newer.Session), older.Range + newer.Range);
}
