namespace Fathom.Tests.Engine.Loop;

/// <summary>Whoever takes one whole message.</summary>
internal delegate void TakeMessage(ReadOnlySpan<byte> message);
