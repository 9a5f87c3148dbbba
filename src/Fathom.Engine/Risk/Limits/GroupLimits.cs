namespace Fathom.Engine.Risk.Limits;

/// <summary>Limits of the account in a named group of instruments.</summary>
/// <param name="Instruments">Symbols; an instrument may be in several groups.</param>
public sealed record GroupLimits(string Name, IReadOnlyList<string> Instruments, ScopeLimits Limits);
