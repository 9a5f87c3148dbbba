using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Market.Universe;

namespace Fathom.Engine.Risk;

/// <summary>
/// Judges each command in the step in which it leaves: the only place that makes an <see cref="ApprovedCommand"/>. Positions are judged at their
/// worst: what is held, by the strategy or by the whole account with its external part, whichever is more in that direction, plus every live order of the
/// same side filled (those that the venue has not answered included), plus this one.
/// Cancels only ever make that smaller and are never refused.
/// </summary>
public sealed class RiskGate(RiskLimits limits, Instruments instruments, OrderBlotter blotter, Account account)
{
    private long _approvals;

    /// <summary>Judges a new order.</summary>
    /// <returns>The approved command, to be sent in this step, or the refusal: exactly one of them.</returns>
    public Refusal Judge(ref OrderCommand command, Quantity replaced, out ApprovedCommand approved)
    {
        Invariant.Require(command.Kind is CommandKind.Submit or CommandKind.Replace, "a judged command submits an order");
        Refusal refusal = Check(command);
        approved = refusal.IsNone ? Approve(ref command) : default;
        return refusal;
    }

    /// <summary>Passes a cancel.</summary>
    public ApprovedCommand PassCancel(ref OrderCommand command)
    {
        Invariant.Require(command.Kind == CommandKind.Cancel, "only a cancel passes without judgement");
        return Approve(ref command);
    }

    private ApprovedCommand Approve(ref OrderCommand command)
    {
        command.Approval = ++_approvals;
        return new ApprovedCommand(command);
    }

    private Refusal Check(in OrderCommand command)
    {
        InstrumentId instrument = command.Header.Instrument;
        if (!instruments.Contains(instrument)) return new Refusal(ReasonCode.UnknownInstrument, instruments.Count - 1, instrument.Index);
        Terms terms = account.Terms(instrument);
        if (!terms.IsSupported) return new Refusal(ReasonCode.UnsupportedInstrument, 0, instrument.Index);

        ref readonly InstrumentDefinition definition = ref instruments[instrument];
        Refusal refusal = CheckPrice(command, definition.Tick);
        if (refusal.IsNone) refusal = CheckQuantity(command, definition.Lot);
        return refusal.IsNone ? CheckPosition(command, terms) : refusal;
    }

    private static Refusal CheckPrice(in OrderCommand command, Price tick)
    {
        bool needsPrice = command.Type is OrderType.Limit or OrderType.StopLimit;
        bool isOff = command.Price.IsNone ? needsPrice : tick.Nanos > 0 && command.Price.Nanos % tick.Nanos != 0;
        return isOff ? new Refusal(ReasonCode.PriceOffTick, tick.Nanos, command.Price.Nanos) : Refusal.None;
    }

    private static Refusal CheckQuantity(in OrderCommand command, Quantity lot)
    {
        bool isPositive = command.Quantity.IsPositive && !command.Quantity.IsNone && command.Side is Side.Buy or Side.Sell;
        if (!isPositive) return new Refusal(ReasonCode.QuantityNotPositive, 1, command.Quantity.IsNone ? 0 : command.Quantity.Nanos);
        bool isOff = lot.IsPositive && command.Quantity.Nanos % lot.Nanos != 0;
        return isOff ? new Refusal(ReasonCode.QuantityOffLot, lot.Nanos, command.Quantity.Nanos) : Refusal.None;
    }

    private Refusal CheckPosition(in OrderCommand command, Terms terms)
    {
        InstrumentId instrument = command.Header.Instrument;
        int sign = command.Side.Sign();
        Int128 held = Int128.Max((Int128)account.Strategy(command.Output.Strategy).Quantity(instrument).Nanos * sign, account.Held(instrument) * sign);
        Int128 worst = held + blotter.Exposure[instrument, command.Side].Nanos + command.Quantity.Nanos;

        Int128 size = terms.SizeOf(worst);
        if (size >= Terms.SizeMax) return new Refusal(ReasonCode.NumericRange, Terms.SizeMax, Saturate(size));
        return !limits.PositionMax.IsNone && worst > limits.PositionMax.Nanos
            ? new Refusal(ReasonCode.PositionLimit, limits.PositionMax.Nanos, Saturate(worst))
            : Refusal.None;
    }

    private static long Saturate(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);
}
