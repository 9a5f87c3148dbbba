using Fathom.Domain.Values;

namespace Fathom.Data.Markets;

/// <summary>One of several sources of market data, not open yet.</summary>
/// <param name="First">None of its messages takes effect before; <see cref="Timestamp.Earliest"/> where that is not known.</param>
/// <param name="Length">Stored bytes; 0 where the system does not know.</param>
/// <param name="StatedSymbols">As <see cref="IMarketSource.StatedSymbols"/>.</param>
/// <param name="Open">Opens it, with a registry of its own; called once. True: many others are open, so that it is to be sparing with memory and threads.</param>
public sealed record MarketPart(Timestamp First, long Length, IReadOnlyCollection<string>? StatedSymbols, Func<bool, IMarketSource> Open);
