using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Why;

/// <summary>One instrument at a moment: its book, what is computed of it, and what we have there.</summary>
internal sealed record MarketView
{
    public required InstrumentDefinition Definition { get; init; }
    public required TradingState State { get; init; }
    public required bool IsStale { get; init; }

    /// <summary>The book was in the middle of a venue event.</summary>
    public required bool IsEventOpen { get; init; }

    /// <summary>None before the first.</summary>
    public required Price LastTrade { get; init; }

    /// <summary>Best first.</summary>
    public required BookLevel[] Bids { get; init; }

    /// <inheritdoc cref="Bids"/>
    public required BookLevel[] Asks { get; init; }

    /// <summary>By name; NaN while not known.</summary>
    public required (string Name, double Value)[] Features { get; init; }

    /// <summary>At which the account's position would be liquidated; None where there is no such price, or no margin is configured.</summary>
    public required Price LiquidationPrice { get; init; }

    /// <summary>The account's, signed.</summary>
    public required Volume Held { get; init; }

    /// <summary>Of owners that are not flat, by their numbers; −1 of executions that were never ours.</summary>
    public required (int Owner, Quantity Quantity, Price AveragePrice)[] Positions { get; init; }

    /// <summary>All live orders of ours, oldest first.</summary>
    public required OwnOrder[] Orders { get; init; }

    public string Symbol => Definition.Symbol.ToString();
}
