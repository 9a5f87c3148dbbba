using System.Runtime.CompilerServices;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Pipeline;

/// <summary>From a series of numbers to a feature that takes it.</summary>
/// <param name="IsSecond">It is the other series of a feature of two.</param>
internal readonly record struct FeatureLink(FeatureNode Node, ValueFeature? Value, PairFeature? Pair, bool IsSecond)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Give(Timestamp time, double value)
    {
        if (Value is not null) Value.Add(time, value);
        else if (IsSecond) Pair!.AddSecond(time, value);
        else Pair!.AddFirst(time, value);
        if (Node.HasFollowers) Node.Pass(time);
    }
}
