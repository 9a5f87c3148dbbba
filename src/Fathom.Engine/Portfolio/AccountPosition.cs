using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>A position as a reader sees it, flat ones included. Money is in <see cref="Currency"/>, which is None where nothing could be valued.</summary>
/// <param name="Strategy">Number of the strategy; −1 for executions of orders that are not ours.</param>
/// <param name="Quantity">Signed.</param>
/// <param name="AveragePrice">Of what is held; None when flat.</param>
/// <param name="Realized">Before fees.</param>
public sealed record AccountPosition(
    int Strategy, InstrumentId Instrument, PositionSide Side, Quantity Quantity, Price AveragePrice,
    decimal Realized, decimal Unrealized, decimal Fees, CurrencyCode Currency)
{
    internal static AccountPosition Of(int strategy, Holding holding) => new(
        strategy, holding.Instrument, holding.Side, holding.Position.Quantity, holding.Position.AveragePrice,
        Ledger.ToMoney(holding.RealizedNanos), Ledger.ToMoney(holding.UnrealizedNanos), Ledger.ToMoney(holding.FeesNanos), holding.Currency);
}
