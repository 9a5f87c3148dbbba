using System.Collections.Immutable;
using Fathom.Domain.Values;

namespace Fathom.Domain.Snapshots;

/// <summary>
/// All that an engine would tell a reader, as it was between two inputs: what it says of the market, of risk, of orders and of money belongs together. It never changes, so any
/// thread may keep it as long as it likes.
/// </summary>
/// <remarks>
/// An owner is a strategy or an aggregator, by its number in the order of the configuration; −1 owns the executions of orders that were never ours; null stands for the whole account.
/// Laws: the owners' positions, exposures and money add up to the account's; what live orders may still buy and sell is the exposure; money is the sum over positions.
/// </remarks>
public sealed record EngineSnapshot
{
    /// <summary>The owner of executions of orders that are not ours.</summary>
    public const int External = -1;

    /// <summary>At most so many instruments are in <see cref="Instruments"/>, not counting those that we have to do with.</summary>
    public const int InstrumentsMax = 1_024;

    /// <summary>Number of the newest input that the engine had taken: 1, 2, 3 …; 0 before the first.</summary>
    public required long InputNumber { get; init; }

    /// <summary>The engine's clock after that input; the earliest time before the first.</summary>
    public required Timestamp Clock { get; init; }

    /// <summary>The engine was stopped: nothing comes after this.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>By number.</summary>
    public required ImmutableArray<OwnerSnapshot> Owners { get; init; }

    /// <summary>Instruments that had a whole event in their book, the first <see cref="InstrumentsMax"/> by id; and every one that we have to do with: that has or had an order of ours, or
    /// an execution. By id.</summary>
    public required ImmutableArray<InstrumentSnapshot> Instruments { get; init; }

    /// <summary>Instruments that were defined, so many of which may be missing above.</summary>
    public required int InstrumentCount { get; init; }

    public required RiskSnapshot Risk { get; init; }

    /// <summary>Live orders of all owners, by instrument, oldest first.</summary>
    public required ImmutableArray<OrderSnapshot> Orders { get; init; }

    /// <summary>Every position that there ever was, flat ones included: by instrument in the order in which they were first traded, then by owner (external first) and position side.</summary>
    public required ImmutableArray<PositionSnapshot> Positions { get; init; }

    /// <summary>Currency of the account.</summary>
    public required CurrencyCode Currency { get; init; }

    /// <summary>By currency, the account's own first: first the account, then each owner with money of it (external last).</summary>
    public required ImmutableArray<MoneySnapshot> Money { get; init; }

    /// <summary>All currencies together, in the account's; null where one in use has no stated rate.</summary>
    public required MoneySnapshot? Totals { get; init; }
}
