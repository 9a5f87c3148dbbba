using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>The messages of a market.</summary>
/// <param name="Messages">Whole messages back to back.</param>
/// <param name="Start">When the run begins, by receive time: what comes before only builds the books.</param>
public readonly record struct TortureTape(ReadOnlyMemory<byte> Messages, Timestamp Start);
