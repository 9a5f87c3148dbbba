using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Statistics;

/// <summary>The log return of a value since the one before, ln(x / x'). A value of zero or less is passed over.</summary>
public sealed class LogReturn : ValueFeature
{
    private ReturnStep _step;

    protected override void Clear() => _step = default;

    protected override void Take(Timestamp time, double value)
    {
        if (_step.TryTake(value, out double change)) Set(change);
    }
}
