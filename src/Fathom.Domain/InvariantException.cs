namespace Fathom.Domain;

/// <summary>An invariant of the engine is false. Never caught inside the core.</summary>
public sealed class InvariantException(string law) : Exception($"Invariant broken: {law}");
