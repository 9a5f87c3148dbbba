namespace Fathom.Host.Torture;

/// <summary>How a note in a sequence diagram is meant.</summary>
public enum DiagramTone : byte { Plain, Good, Doubt, Bad }
