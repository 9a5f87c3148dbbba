namespace Fathom.Host.Sessions;

/// <summary>Where a strategy's key-value context comes from.</summary>
/// <param name="Strategy">Its number.</param>
/// <param name="Name">Its name, by which the file knows it.</param>
/// <param name="File">The context.csv of an earlier run.</param>
public sealed record CarriedContext(ushort Strategy, string Name, string File);
