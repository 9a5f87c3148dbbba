using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Market.Universe;

namespace Fathom.Engine.Risk;

/// <summary>
/// Judges each command in the step in which it leaves: the only place that makes an <see cref="ApprovedCommand"/>. Positions are judged at their
/// worst: what is held, by the strategy and by the whole account with its external part, plus every live order of the same side filled (those that the venue has
/// not answered included), plus this one. A replacement is judged like a new order that takes the place of its old self: until the venue has answered either may
/// fill, so that the larger of the two counts.
/// Cancels only ever make that smaller and are never refused.
/// </summary>
/// <remarks>The first reason in this order is the one that is given: kill switch, instrument, price, quantity, collar, numeric range and position, limits in money
/// (rate, mark, day's loss, gross notional), order rate.</remarks>
public sealed class RiskGate
{
    private readonly RiskLimits _limits;
    private readonly Instruments _instruments;
    private readonly OrderBlotter _blotter;
    private readonly Account _account;
    private readonly MoneyLimits? _money;
    private readonly RecentOrders? _recent;
    private readonly long _quantityMax, _positionMax;
    private readonly int _collarBps;
    private long _approvals;

    /// <summary>A gate that judges by the state of these, which others write.</summary>
    public RiskGate(RiskLimits limits, Instruments instruments, OrderBlotter blotter, Account account)
    {
        _limits = limits;
        _instruments = instruments;
        _blotter = blotter;
        _account = account;
        _money = MoneyLimits.Of(limits, blotter.Exposure, account);
        _recent = limits.OrderRateMax is { } rate ? new RecentOrders(rate) : null;
        _quantityMax = limits.QuantityMax.Nanos;      // "None" is the largest number
        _positionMax = limits.PositionMax.Nanos;
        _collarBps = limits.PriceCollarBps ?? 0;
    }

    public KillSwitch KillSwitch { get; } = new();

    /// <summary>Judges a new order or the replacement of a live one.</summary>
    /// <param name="replaced">What is reserved for the order that is replaced; zero for a new order.</param>
    /// <returns>The approved command, to be sent in this step, or the refusal: exactly one of them.</returns>
    public Refusal Judge(ref OrderCommand command, Quantity replaced, out ApprovedCommand approved)
    {
        bool isNew = command.Kind == CommandKind.Submit;
        Invariant.Require(isNew ? replaced.IsZero : command.Kind == CommandKind.Replace, "a judged command submits an order or replaces one");
        Refusal refusal = Check(command, replaced.Nanos);
        if (!refusal.IsNone)
        {
            approved = default;
            return refusal;
        }
        _recent?.Note(command.Header.EventTime);
        approved = Approve(ref command);
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

    private Refusal Check(in OrderCommand command, long replaced)
    {
        InstrumentId instrument = command.Header.Instrument;
        if (KillSwitch.IsOn) return new Refusal(ReasonCode.KillSwitch, 0, 1);
        if (!_instruments.Contains(instrument)) return new Refusal(ReasonCode.UnknownInstrument, _instruments.Count - 1, instrument.Index);
        Terms terms = _account.Terms(instrument);
        if (!terms.IsSupported) return new Refusal(ReasonCode.UnsupportedInstrument, 0, instrument.Index);

        ref readonly InstrumentDefinition definition = ref _instruments[instrument];
        Refusal refusal = CheckPrice(command, definition.Tick);
        if (refusal.IsNone) refusal = CheckQuantity(command, definition.Lot);
        if (refusal.IsNone && _collarBps != 0) refusal = CheckCollar(command);
        if (!refusal.IsNone) return refusal;

        long added = Added(command, replaced);
        refusal = CheckPosition(command, terms, added);
        if (refusal.IsNone && _money is not null) refusal = _money.Check(command, terms, added);
        if (refusal.IsNone && _recent is not null) refusal = CheckRate(command);
        return refusal;
    }

    private static Refusal CheckPrice(in OrderCommand command, Price tick)
    {
        bool needsPrice = command.Type is OrderType.Limit or OrderType.StopLimit;
        bool isOff = command.Price.IsNone ? needsPrice : tick.Nanos > 0 && command.Price.Nanos % tick.Nanos != 0;
        return isOff ? new Refusal(ReasonCode.PriceOffTick, tick.Nanos, command.Price.Nanos) : Refusal.None;
    }

    private Refusal CheckQuantity(in OrderCommand command, Quantity lot)
    {
        bool isPositive = command.Quantity.IsPositive && !command.Quantity.IsNone && command.Side is Side.Buy or Side.Sell;
        if (!isPositive) return new Refusal(ReasonCode.QuantityNotPositive, 1, command.Quantity.IsNone ? 0 : command.Quantity.Nanos);
        bool isOff = lot.IsPositive && command.Quantity.Nanos % lot.Nanos != 0;
        if (isOff) return new Refusal(ReasonCode.QuantityOffLot, lot.Nanos, command.Quantity.Nanos);
        return command.Quantity.Nanos > _quantityMax ? new Refusal(ReasonCode.QuantityLimit, _quantityMax, command.Quantity.Nanos) : Refusal.None;
    }

    /// <summary>In 1/20,000 of a unit of 1e-9, so that neither the mid nor its share is rounded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Refusal CheckCollar(in OrderCommand command)
    {
        const int whole = 10_000;
        if (!_account.TryMarket(command.Header.Instrument, out Price bid, out Price ask)) return new Refusal(ReasonCode.NoReferencePrice, 0, command.Header.Instrument.Index);
        if (command.Price.IsNone) return Refusal.None;
        Int128 twiceMid = (Int128)bid.Nanos + ask.Nanos, away = Int128.Abs(twiceMid) * _collarBps;
        Int128 worst = twiceMid * whole + (command.Side == Side.Buy ? away : -away), found = (Int128)command.Price.Nanos * 2 * whole;
        if (command.Side == Side.Buy ? found <= worst : found >= worst) return Refusal.None;
        return Refusal.Of(ReasonCode.PriceCollar, Towards(worst, 2 * whole, command.Side), command.Price.Nanos);
    }

    /// <summary>By how much the reservation of the command's side grows: by what the order may fill, as far as that is more than what it reserves already.</summary>
    private long Added(in OrderCommand command, long replaced)
    {
        if (command.Kind == CommandKind.Submit) return command.Quantity.Nanos;
        bool isLive = _blotter.TryFind(command.ClientOrderId, out Order? order);
        Invariant.Require(isLive && order!.Side == command.Side && order.Instrument == command.Header.Instrument, "a replacement is of a live order, on its side of its instrument");
        return Math.Max(command.Quantity.Nanos - order!.Cumulative.Nanos - replaced, 0);
    }

    private Refusal CheckPosition(in OrderCommand command, Terms terms, long added)
    {
        InstrumentId instrument = command.Header.Instrument;
        int strategy = command.Output.Strategy, sign = command.Side.Sign();
        Int128 worstOfStrategy = (Int128)_account.Strategy(strategy).Quantity(instrument).Nanos * sign + _blotter.Exposure[strategy, instrument, command.Side].Nanos;
        Int128 worstOfAccount = _account.Held(instrument) * sign + _blotter.Exposure[instrument, command.Side].Nanos;
        Int128 worst = Int128.Max(worstOfStrategy, worstOfAccount) + added;

        if (terms.IsTooLarge(worst)) return Refusal.Of(ReasonCode.NumericRange, Terms.SizeMax, terms.SizeOf(worst));
        return worst > _positionMax ? Refusal.Of(ReasonCode.PositionLimit, _positionMax, worst) : Refusal.None;
    }

    private Refusal CheckRate(in OrderCommand command)
    {
        int max = _limits.OrderRateMax!.Value.Count;
        return _recent!.IsFull(command.Header.EventTime) ? new Refusal(ReasonCode.OrderRateLimit, max, max + 1) : Refusal.None;
    }

    /// <summary>The last whole number that is not beyond a bound: below it for a buy, above it for a sell.</summary>
    private static Int128 Towards(Int128 bound, int by, Side side)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(bound, by);
        if (rest == 0) return quotient;
        if (side == Side.Buy) return rest < 0 ? quotient - 1 : quotient;
        return rest > 0 ? quotient + 1 : quotient;
    }
}
