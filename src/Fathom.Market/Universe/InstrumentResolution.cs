using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>Which instrument a venue's number is, and for how long the answer holds.</summary>
/// <param name="From">The answer holds for receive times from here …</param>
/// <param name="Until">… to before here.</param>
/// <param name="Announce"><see cref="MessageType.InstrumentDefined"/> or <see cref="MessageType.InstrumentChanged"/> when the registry's definition
/// has to be sent before the message that asked; <see cref="MessageType.None"/> otherwise.</param>
public readonly record struct InstrumentResolution(InstrumentId Id, Timestamp From, Timestamp Until, MessageType Announce);
