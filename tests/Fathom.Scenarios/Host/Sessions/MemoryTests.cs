namespace Fathom.Scenarios.Host.Sessions;

public sealed class MemoryTests;
