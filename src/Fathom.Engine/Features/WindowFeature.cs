using Fathom.Domain.Values;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features;

/// <summary>A feature of the values of a window: the last so many, or those of the last so much time.</summary>
public abstract class WindowFeature : ValueFeature
{
    private protected WindowFeature() { }

    /// <inheritdoc/>
    public sealed override bool FollowsTime => Window.IsTime;

    private protected abstract IWindow Window { get; }

    /// <inheritdoc/>
    public sealed override void AsOf(Timestamp now)
    {
        if (Window.Expire(now)) State();
    }

    /// <inheritdoc/>
    protected override void Clear() => Window.Clear();

    /// <summary>States the output, by what the window holds.</summary>
    private protected abstract void State();
}
