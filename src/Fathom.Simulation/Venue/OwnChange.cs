using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>Something that happened to an order of ours, found within an event or a command and reported at its end.</summary>
/// <param name="Quantity">Of a fill; else zero.</param>
/// <param name="Price">Of a fill; else None.</param>
/// <param name="Cumulative">After this change, like <paramref name="Leaves"/>.</param>
internal readonly record struct OwnChange(
    ReportKind Kind, OwnOrder Order, Quantity Quantity, Price Price, Liquidity Liquidity, Quantity Cumulative, Quantity Leaves, ReasonCode Reason);
