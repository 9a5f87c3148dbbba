using System.Numerics;
using Fathom.Analytics.Fills;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.PostTrade;

/// <summary>Adds up the slippage of one strategy's orders in one instrument.</summary>
internal sealed class SlippageSums
{
    private long _orders, _unpriced;
    private Int128 _filled;
    private double _decisionBps, _decisionWeight, _arrivalBps, _arrivalWeight;
    private BigInteger _delay, _trading, _opportunity, _fees, _notional;      // in the units of FillMoney

    /// <summary>An execution of an order whose prices are known.</summary>
    /// <param name="signedNanos">Below zero where it is taken back.</param>
    public void NoteFill(OrderSlippage order, in InstrumentDefinition instrument, Price price, Int128 signedNanos, long feeNanos)
    {
        if (order.DecisionMid.IsNone) return;
        _fees += FillMoney.OfNanos(feeNanos);
        _trading += FillMoney.CostOfMove(instrument.Kind, instrument.MultiplierNanos, order.Side, signedNanos, order.ArrivalMid, Mid.Between(price, price));
    }

    /// <summary>An order that was sent has ended, or the run has.</summary>
    /// <param name="end">The mid then.</param>
    public void NoteEnded(OrderSlippage order, in InstrumentDefinition instrument, Mid end)
    {
        _orders++;
        if (order.DecisionMid.IsNone)
        {
            _unpriced++;
            return;
        }
        _filled += order.FilledNanos;
        Int128 unfilled = Int128.Max(order.Quantity.Nanos - order.FilledNanos, 0);
        if (order.FilledNanos != 0)
            _delay += FillMoney.CostOfMove(instrument.Kind, instrument.MultiplierNanos, order.Side, order.FilledNanos, order.DecisionMid, order.ArrivalMid);
        _opportunity += FillMoney.CostOfMove(instrument.Kind, instrument.MultiplierNanos, order.Side, unfilled, order.DecisionMid, end);
        _notional += Notional(order.Quantity, in instrument, order.DecisionMid);
        Weigh(order.DecisionBps, order.FilledNanos, ref _decisionBps, ref _decisionWeight);
        Weigh(order.ArrivalBps, order.FilledNanos, ref _arrivalBps, ref _arrivalWeight);
    }

    public StrategySlippage Result(ushort strategy, InstrumentId instrument, CurrencyCode currency) => new(
        strategy, instrument, currency, _orders, _unpriced, new Volume(_filled), _decisionBps / _decisionWeight, _arrivalBps / _arrivalWeight,
        FillMoney.ToMoney(_delay), FillMoney.ToMoney(_trading), FillMoney.ToMoney(_opportunity), FillMoney.ToMoney(_fees), FillMoney.ToMoney(_notional));

    private static void Weigh(double bps, Int128 filledNanos, ref double sum, ref double weight)
    {
        if (double.IsNaN(bps)) return;
        sum += bps * (double)filledNanos;
        weight += (double)filledNanos;
    }

    private static BigInteger Notional(Quantity quantity, in InstrumentDefinition instrument, Mid mid)
    {
        BigInteger size = (BigInteger)quantity.Nanos * instrument.MultiplierNanos, twiceMid = BigInteger.Abs((BigInteger)mid.TwiceNanos);
        if (instrument.Kind != InstrumentKind.Inverse) return size * twiceMid;
        return twiceMid.IsZero ? BigInteger.Zero : FillMoney.OfNanos(1) * HalfEven.Divide(size * 2, twiceMid);
    }
}
