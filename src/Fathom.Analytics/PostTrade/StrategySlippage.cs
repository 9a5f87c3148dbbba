using Fathom.Domain.Values;

namespace Fathom.Analytics.PostTrade;

/// <summary>What it cost one strategy in one instrument that its orders were not filled at once, in full and at the mid at which they were decided: the implementation shortfall. Money is in
/// the instrument's currency, multiplier applied; above zero is to our loss.</summary>
/// <param name="Orders">Orders that left for the venue.</param>
/// <param name="Unpriced">Those of them of which no decision mid is known: they are in no other number.</param>
/// <param name="Filled">Executed quantity.</param>
/// <param name="DecisionBps">Mean over orders with an execution, weighted by the quantity that was filled; NaN without one.</param>
/// <param name="ArrivalBps">As <paramref name="DecisionBps"/>.</param>
/// <param name="Delay">Filled × (arrival mid − decision mid): what the market did before the order was there.</param>
/// <param name="Trading">Filled × (average price − arrival mid).</param>
/// <param name="Opportunity">Unfilled × (mid when the order ended, or the run did − decision mid).</param>
/// <param name="Notional">Ordered quantity × decision mid: what the orders would have moved on paper.</param>
/// <remarks>Source: Perold (1988), "The implementation shortfall: paper versus reality", Journal of Portfolio Management 14(3).</remarks>
public sealed record StrategySlippage(
    ushort Strategy, InstrumentId Instrument, CurrencyCode Currency, long Orders, long Unpriced, Volume Filled, double DecisionBps, double ArrivalBps,
    decimal Delay, decimal Trading, decimal Opportunity, decimal Fees, decimal Notional)
{
    public decimal Total => Delay + Trading + Opportunity + Fees;

    /// <summary>The total in basis points of <see cref="Notional"/>; NaN without one.</summary>
    public double TotalBps => Notional == 0 ? double.NaN : (double)Total / (double)Notional * 1e4;
}
