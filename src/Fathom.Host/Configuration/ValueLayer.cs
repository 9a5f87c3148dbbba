namespace Fathom.Host.Configuration;

/// <summary>The layers of a configuration; a later one wins.</summary>
public enum ValueLayer : byte { Default, File, Environment, Set }
