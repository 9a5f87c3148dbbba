namespace Fathom.Simulation.Driver;

/// <summary>Whoever takes the inputs: the engine, or a script in a test.</summary>
/// <param name="message">One whole message, valid during the call.</param>
internal delegate void InputStep(ReadOnlySpan<byte> message);
