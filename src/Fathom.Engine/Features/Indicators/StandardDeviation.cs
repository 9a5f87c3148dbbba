using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Indicators;

/// <summary>The population standard deviation (divided by n, not n − 1) of the last n values: exactly 0 where all are the same. The first comes with value n.</summary>
/// <remarks>Conventions of TA-Lib's STDDEV, but for one: there a variance below 1e-14 is taken for 0, which would hide the moves of what costs a millionth.</remarks>
public sealed class StandardDeviation : ValueFeature
{
    private readonly WindowMoments _moments;

    /// <param name="length">n, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public StandardDeviation(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        _moments = new WindowMoments(length);
    }

    protected override void Clear() => _moments.Clear();

    protected override void Take(Timestamp time, double value)
    {
        _moments.Push(value);
        if (_moments.IsFull) Set(_moments.Deviation());
    }
}
