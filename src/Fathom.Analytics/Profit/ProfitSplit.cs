using Fathom.Domain.Values;

namespace Fathom.Analytics.Profit;

/// <summary>Where a position's profit came from: <see cref="Total"/> = spread + inventory − fees, exactly.</summary>
/// <param name="Strategy">Its number.</param>
/// <param name="Currency">Of the money.</param>
/// <param name="Spread">What the fills earned against the mid in force when each was booked, rounded once to 1e-9 for linear and spot instruments, per fill for
/// inverse ones. A fill before the first quote earned nothing: its price stands for the mid.</param>
/// <param name="Inventory">What the position gained or lost while it was held: realised + unrealised − spread.</param>
/// <param name="Fees">Above zero was paid.</param>
/// <param name="FillCount">Executions.</param>
/// <param name="Traded">Sum of their quantities.</param>
/// <param name="Position">At the end, signed.</param>
public sealed record ProfitSplit(
    ushort Strategy, InstrumentId Instrument, CurrencyCode Currency, decimal Spread, decimal Inventory, decimal Fees, long FillCount, Volume Traded, Volume Position)
{
    /// <summary>Realised + unrealised − fees.</summary>
    public decimal Total => Spread + Inventory - Fees;
}
