namespace Fathom.Engine.Portfolio;

/// <summary>One owner's position in one instrument with the money it is worth at the last mark.</summary>
public sealed class Holding
{
    public Position Position { get; } = new();

    /// <summary>Unrealised profit at the last mark, units of 1e-9 of the account's currency.</summary>
    internal Int128 UnrealizedNanos { get; set; }
}
