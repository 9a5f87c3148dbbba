using Fathom.Domain.Books;
using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>The market of one instrument as its newest whole venue event left it: a book in the middle of an event is nobody's to judge.</summary>
/// <param name="Bid">Best level; default where the side is empty, which its quantity of zero says.</param>
/// <param name="Ask">As <paramref name="Bid"/>.</param>
/// <param name="IsStale">A gap lies behind, and the book is not to be trusted.</param>
/// <param name="LastTrade">Price of the last trade; None before the first.</param>
/// <param name="EventTime">Venue time of that event; the earliest time where there was none.</param>
public readonly record struct InstrumentSnapshot(
    InstrumentId Instrument, string Symbol, TradingState State, BookLevel Bid, BookLevel Ask, bool IsStale, Price LastTrade, Timestamp EventTime);
