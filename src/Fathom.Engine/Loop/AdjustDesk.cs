using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Adjust;

namespace Fathom.Engine.Loop;

/// <summary>Makes one strategy's wants what states and, where that is configured, limits leave of them, and tells each change once.</summary>
/// <remarks>An order that waits for its condition or for another one's fill is judged when it leaves, not made smaller now: it may protect what is still to come. One of which nothing would be left goes on
/// as it is, and the gate refuses it and says why.</remarks>
/// <param name="adjuster">Null where there are no states.</param>
/// <param name="isCutToLimits">An order too large for a limit is cut to what the limit leaves.</param>
internal sealed class AdjustDesk(StrategyContext context, SessionServices services, Adjuster? adjuster, bool isCutToLimits, ushort strategy)
{
    private readonly StandingWants<Told> _told = new(static _ => new Told());
    private readonly Want[] _list = new Want[3];

    private bool IsIdle => adjuster is null || adjuster.IsIdle;

    // ---- orders

    /// <summary>A new order by itself.</summary>
    public Want Order(in Want want) => IsIdle && !isCutToLimits ? want : Smaller(in want);

    /// <summary>The orders of a list: its entry, and what goes with it no more than the entry, where that became smaller.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<Want> List(ReadOnlySpan<Want> asked)
    {
        if (IsIdle && !isCutToLimits) return asked;
        Span<Want> wants = _list.AsSpan(0, asked.Length);
        asked.CopyTo(wants);
        bool hasParent = wants[0].Contingency == Contingency.OneTriggersOther;
        wants[0] = Smaller(in wants[0]);
        Quantity entry = wants[0].Intent.Quantity;
        for (int i = 1; i < wants.Length; i++)
        {
            if (!hasParent) wants[i] = Smaller(in wants[i]);
            else if (entry < asked[0].Intent.Quantity && wants[i].Intent.Quantity > entry) wants[i] = With(in wants[i], entry);
        }
        return wants;
    }

    /// <summary>Another quantity for a live order: of what it grows by.</summary>
    /// <param name="change">Its quantity is whole, what is filled included.</param>
    public OrderChange Replacement(Order order, in OrderChange change)
    {
        if (IsIdle || change.Quantity.IsNone || change.Quantity <= order.Quantity || order.IsReduceOnly || order.IsHere) return change;
        Quantity growth = change.Quantity - order.Quantity;
        Adjustment adjustment = adjuster!.Order(strategy, order.Instrument, order.Side, growth, LotOf(order.Instrument));
        if (adjustment.Why.IsNone || adjustment.Granted.IsZero) return change;
        Quantity granted = order.Quantity + adjustment.Granted;
        Tell(order.Instrument, order.Id, AdjustedWant.Order, order.Side, change.Quantity, granted, change.Price, change.Price, in adjustment);
        return change with { Quantity = granted };
    }

    private Want Smaller(in Want want)
    {
        OrderIntent intent = want.Intent;
        bool isConcerned = !intent.ReduceOnly && !intent.Type.HasTrigger() && intent.Quantity.IsPositive && !intent.Quantity.IsNone && intent.Side is Side.Buy or Side.Sell &&
            services.Stage.State.Instruments.Contains(intent.Instrument);
        if (!isConcerned) return want;
        Adjustment adjustment = IsIdle ? Adjustment.None(intent.Quantity) : adjuster!.Order(strategy, intent.Instrument, intent.Side, intent.Quantity, LotOf(intent.Instrument));
        if (adjustment.Granted.IsZero) return want;
        Want smaller = With(in want, adjustment.Granted);
        if (isCutToLimits) smaller = CutToLimits(in smaller, ref adjustment);
        if (!adjustment.Why.IsNone) Tell(intent.Instrument, want.Order, AdjustedWant.Order, intent.Side, intent.Quantity, smaller.Intent.Quantity, intent.Price, intent.Price, in adjustment);
        return smaller;
    }

    /// <summary>The largest number of whole lots that the gate passes, found by halves; what is too large for no limit of size stays.</summary>
    private Want CutToLimits(in Want want, ref Adjustment adjustment)
    {
        Refusal refusal = Review(in want, want.Intent.Quantity);
        if (!IsOfSize(refusal.Reason)) return want;
        long lot = Math.Max(LotOf(want.Intent.Instrument).Nanos, 1), none = 0, most = want.Intent.Quantity.Nanos / lot;
        if (want.Intent.Quantity.Nanos % lot == 0) most--;
        while (none < most)
        {
            long middle = none + (most - none + 1) / 2;
            if (Review(in want, new Quantity(middle * lot)).IsNone) none = middle;
            else most = middle - 1;
        }
        if (none == 0) return want;
        adjustment = new Adjustment(new Quantity(none * lot), refusal) { State = adjustment.State };
        return With(in want, adjustment.Granted);
    }

    private Refusal Review(in Want want, Quantity quantity)
    {
        OrderCommand command = services.Executor.NewOrder(With(in want, quantity), strategy, context.Clock);
        return services.Executor.Review(in command, isHeld: false, isChild: false);
    }

    private static bool IsOfSize(ReasonCode reason) => reason is ReasonCode.PositionLimit or ReasonCode.NotionalLimit or ReasonCode.NetNotionalLimit or ReasonCode.LeverageLimit
        or ReasonCode.ConcentrationLimit or ReasonCode.MarginLimit;

    private static Want With(in Want want, Quantity quantity) => want with { Intent = want.Intent with { Quantity = quantity } };

    // ---- what stands

    /// <summary>What a target is to be for now.</summary>
    public Quantity Target(StandingTarget target)
    {
        Quantity asked = target.Target.Quantity;
        if (!target.IsStanding) return asked;
        Told told = _told.Of(target.Instrument);
        Adjustment adjustment = IsIdle ? Adjustment.None(asked) : adjuster!.Target(strategy, target.Instrument, asked, LotOf(target.Instrument));
        if (told.Target.IsNews(asked, adjustment.Granted, adjustment.Why.Reason))
            Tell(target.Instrument, ClientOrderId.None, AdjustedWant.Target, Side.None, asked, adjustment.Granted, Price.None, Price.None, in adjustment);
        return adjustment.Granted;
    }

    /// <summary>A target's order for what is missing, cut to what limits leave of it.</summary>
    public OrderIntent TargetOrder(StandingTarget target, in OrderIntent intent)
    {
        if (!isCutToLimits) return intent;
        Adjustment adjustment = Adjustment.None(intent.Quantity);
        Want cut = CutToLimits(new Want(WantKind.Submit, ClientOrderId.None, intent), ref adjustment);
        Quantity granted = context.Position(intent.Instrument) + new Quantity(intent.Side.Sign() * adjustment.Granted.Nanos);
        if (_told.Of(intent.Instrument).TargetOrder.IsNews(target.Target.Quantity, granted, adjustment.Why.Reason))
            Tell(intent.Instrument, ClientOrderId.None, AdjustedWant.Target, Side.None, target.Target.Quantity, granted, Price.None, Price.None, in adjustment);
        return cut.Intent;
    }

    /// <summary>What is done to a ladder's quotes for now.</summary>
    public LadderAdjustment Ladder(StandingLadder ladder)
    {
        if (IsIdle || !ladder.IsStanding)
        {
            if (_told.Find(ladder.Instrument) is { } before) before.Buy = before.Sell = default;
            return default;
        }
        LadderAdjustment adjustment = adjuster!.Ladder(strategy, ladder.Instrument, out Refusal why);
        Tell(ladder, Side.Buy, adjustment.Buy, why);
        Tell(ladder, Side.Sell, adjustment.Sell, why);
        return adjustment;
    }

    private void Tell(StandingLadder ladder, Side side, SideAdjustment adjustment, Refusal why)
    {
        Int128 asked = 0, granted = 0;
        long lot = LotOf(ladder.Instrument).Nanos;
        foreach (ref readonly QuoteLevel level in ladder.Ladder.Levels)
        {
            if (level.Side != side) continue;
            asked += level.Quantity.Nanos;
            granted += adjustment.Quantity(level.Quantity.Nanos, lot);
        }
        if (adjustment.IsCut) granted = Int128.Min(granted, Risk.Adjust.Smaller.WholeLots(adjustment.RoomNanos, lot));
        bool isChanged = granted != asked || adjustment.StepBack(new Price(1)) > 0;
        ref Last last = ref side == Side.Buy ? ref _told.Of(ladder.Instrument).Buy : ref _told.Of(ladder.Instrument).Sell;
        Quantity all = Whole(asked), left = Whole(granted);
        if (!last.IsNews(all, left, asked > 0 && isChanged ? why.Reason : ReasonCode.None)) return;
        Tell(ladder.Instrument, ClientOrderId.None, AdjustedWant.Quotes, side, all, left, Price.None, Price.None, new Adjustment(left, why) { State = adjustment.State });
    }

    private static Quantity Whole(Int128 nanos) => new((long)Int128.Min(nanos, long.MaxValue - 1));

    private Quantity LotOf(InstrumentId instrument) => services.Stage.State.Instruments[instrument].Lot;

    private void Tell(InstrumentId instrument, ClientOrderId order, AdjustedWant want, Side side, Quantity asked, Quantity granted, Price askedPrice, Price grantedPrice, in Adjustment adjustment)
    {
        AdjustmentEvent change = new()
        {
            Header = MessageHeader.Create<AdjustmentEvent>(MessageType.AdjustmentEvent, source: 0, instrument, context.Clock, context.Clock),
            Output = new OutputHeader { Strategy = strategy, Account = services.Account, Parent = order },
            ClientOrderId = order,
            Want = want,
            Side = side,
            State = adjustment.State,
            Scope = adjustment.Why.Scope,
            Reason = adjustment.Why.Reason,
            Asked = asked,
            Granted = granted,
            AskedPrice = askedPrice,
            GrantedPrice = grantedPrice,
            Limit = adjustment.Why.Limit,
            Found = adjustment.Why.Found,
        };
        services.Publisher.Publish(ref change);
    }

    /// <summary>What was told last of an instrument's standing wants.</summary>
    private sealed class Told
    {
        public Last Buy;
        public Last Sell;
        public Last Target;
        public Last TargetOrder;
    }

    private struct Last
    {
        private Quantity _asked, _granted;
        private ReasonCode _reason;

        /// <summary>Notes what is told, or that there is nothing any more.</summary>
        public bool IsNews(Quantity asked, Quantity granted, ReasonCode reason)
        {
            bool isNews = reason != ReasonCode.None && (asked != _asked || granted != _granted || reason != _reason);
            (_asked, _granted, _reason) = (asked, granted, reason);
            return isNews;
        }
    }
}
