using Fathom.Engine.Orders.Lifecycle;

namespace Fathom.Tests.Engine.Orders.Lifecycle;

/// <summary>An arrow: from a state or a frame to a state, by any of the inputs.</summary>
internal sealed record LifecycleEdge(string From, string To, OrderInput[] Inputs, string? If);
