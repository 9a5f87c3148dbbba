namespace Fathom.Engine.Features;

/// <summary>A feature of complete bars.</summary>
/// <param name="outputs">How many numbers it gives.</param>
public abstract class BarFeature(int outputs = 1) : Feature(outputs)
{
    /// <summary>Takes a complete bar; one with a number that is NaN or infinite is passed over.</summary>
    public void Add(in BarSample bar)
    {
        if (bar.IsFinite) Take(in bar);
    }

    /// <summary>Takes a bar of finite numbers.</summary>
    protected abstract void Take(in BarSample bar);
}
