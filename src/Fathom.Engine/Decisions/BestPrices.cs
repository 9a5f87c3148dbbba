using Fathom.Domain.Books;
using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>Both sides' best level of a sound book: bid at or below ask.</summary>
public readonly record struct BestPrices(InstrumentId Instrument, BookLevel Bid, BookLevel Ask);
