using Fathom.Domain.Values;

namespace Fathom.Engine.Features;

/// <summary>A feature of two series of numbers, whose values come at their own times.</summary>
/// <param name="outputs">How many numbers it gives.</param>
public abstract class PairFeature(int outputs = 1) : Feature(outputs)
{
    /// <summary>Both series had values that could be set against each other.</summary>
    public abstract bool HasOverlap { get; }

    /// <summary>Takes a value of the first series; one that is NaN or infinite is passed over.</summary>
    /// <param name="time">Not before that of an earlier value of either series.</param>
    public void AddFirst(Timestamp time, double value)
    {
        if (double.IsFinite(value)) TakeFirst(time, value);
    }

    /// <summary>Takes a value of the second series; one that is NaN or infinite is passed over.</summary>
    /// <param name="time">Not before that of an earlier value of either series.</param>
    public void AddSecond(Timestamp time, double value)
    {
        if (double.IsFinite(value)) TakeSecond(time, value);
    }

    /// <summary>Takes a finite value of the first series.</summary>
    protected abstract void TakeFirst(Timestamp time, double value);

    /// <summary>Takes a finite value of the second series.</summary>
    protected abstract void TakeSecond(Timestamp time, double value);
}
