using Fathom.Engine.Decisions;

namespace Fathom.Engine.Loop;

/// <summary>A strategy and the name under which it appears in results.</summary>
public sealed record NamedStrategy(string Name, Strategy Strategy);
