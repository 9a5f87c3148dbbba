using System.Runtime.CompilerServices;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features;

/// <summary>A feature of a series of numbers: closes of bars, prices of trades, mids, another feature.</summary>
/// <param name="outputs">How many numbers it gives.</param>
public abstract class ValueFeature(int outputs = 1) : Feature(outputs)
{
    /// <summary>Takes a value where times do not matter.</summary>
    public void Add(double value) => Add(default, value);

    /// <summary>Takes a value; one that is NaN or infinite is passed over.</summary>
    /// <param name="time">Not before that of an earlier value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Timestamp time, double value)
    {
        if (double.IsFinite(value)) Take(time, value);
    }

    /// <summary>Takes a finite value.</summary>
    protected abstract void Take(Timestamp time, double value);
}
