using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Sliding;

/// <summary>A window that empties as time passes, if it is one of a time.</summary>
internal interface IWindow
{
    bool IsTime { get; }

    /// <summary>What is too old by now goes, where the window is a time.</summary>
    /// <returns>Something went.</returns>
    bool Expire(Timestamp now);

    void Clear();
}
