using Fathom.Domain.Values;

namespace Fathom.Analytics.PostTrade;

/// <summary>The engine's account and the double-entry twin came to different numbers: one of the two is wrong, and with it every number about money of the run.</summary>
/// <param name="What">Of what, in words: "realized profit of maker in CLX5".</param>
/// <param name="Engine">Exact decimal text.</param>
/// <param name="Twin">As <paramref name="Engine"/>.</param>
/// <param name="Fill">The execution behind which it was seen, in words.</param>
/// <param name="Time">The engine's clock there.</param>
/// <param name="Execution">Number of the execution, 1, 2, 3 … over the run; 0 before the first.</param>
public sealed record LedgerDifference(string What, string Engine, string Twin, string Fill, Timestamp Time, long Execution)
{
    /// <summary>All of it on one line.</summary>
    public override string ToString() => $"{What}: {Engine} in the engine, {Twin} by double entry, {Fill}";
}
