namespace Fathom.Engine.Features.Statistics;

/// <summary>A bar and the close before it, as the estimator of Yang and Zhang sees them.</summary>
internal readonly record struct YangZhangSample(double Overnight, double Session, double Range);
