namespace Fathom.Host.Verify;

/// <summary>The second witness has no answer to a question, and says why.</summary>
internal sealed class WitnessException(string message) : Exception(message);
