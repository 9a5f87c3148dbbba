using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Execution;

/// <summary>Turns what a strategy wants into commands, and sees every one of them through the gate. What is approved is noted in the blotter on return, and the
/// command must leave in this step.</summary>
internal sealed class IntentExecutor(OrderBlotter blotter, RiskGate gate, ushort account, HoldRules rules)
{
    /// <summary>What the engine does in the venue's place.</summary>
    public HoldRules Rules => rules;

    /// <summary>The order that a strategy asked for, as it is to be.</summary>
    public OrderCommand NewOrder(in Want want, ushort strategy, Timestamp clock)
    {
        OrderCommand command = NewOrder(want.Order, want.Intent, strategy, clock);
        command.ListId = want.ListId;
        command.Contingency = want.Contingency;
        return command;
    }

    public OrderCommand NewOrder(ClientOrderId id, in OrderIntent intent, ushort strategy, Timestamp clock)
    {
        OrderCommand command = Blank(CommandKind.Submit, intent.Instrument, id, strategy, clock);
        command.Side = intent.Side;
        command.Type = intent.Type;
        command.TimeInForce = intent.TimeInForce;
        command.Price = intent.Price;
        command.Quantity = intent.Quantity;
        command.UserTag = intent.UserTag;
        command.TriggerPrice = intent.TriggerPrice;
        command.TriggerSource = intent.Type.HasTrigger() ? intent.TriggerSource : TriggerSource.None;
        command.TrailOffset = intent.TrailOffset;
        command.ExpireTime = intent.ExpireTime.IsNone ? default : intent.ExpireTime;
        if (intent.PostOnly) command.Flags |= OrderFlags.PostOnly;
        if (intent.ReduceOnly) command.Flags |= OrderFlags.ReduceOnly;
        return command;
    }

    /// <summary>Proposes a new order.</summary>
    /// <param name="isChild">It waits at the venue for another one's fill.</param>
    public Refusal Submit(in OrderCommand asked, OrderOrigin origin, bool isChild, out ApprovedCommand approved)
    {
        OrderCommand command = ForVenue(in asked, rules.KeepsTime);
        Refusal refusal = rules.KeepsTime ? gate.ReviewTerms(in asked) : Refusal.None;
        if (!refusal.IsNone) approved = default;
        else refusal = gate.Judge(ref command, replaced: Quantity.Zero, out approved, isChild, isQuote: origin == OrderOrigin.Ladder);
        if (!refusal.IsNone) return refusal;
        OrderCommand granted = asked;
        (granted.Quantity, granted.Approval, granted.ValidUntil) = (command.Quantity, command.Approval, command.ValidUntil);
        Order order = blotter.Add(granted, origin);
        if (asked.IsReduceOnly && !command.IsReduceOnly) blotter.NoteReductionWatched(order);
        order.IsDormant = isChild;
        return refusal;
    }

    /// <summary>Proposes to send an order that we hold.</summary>
    /// <param name="quantity">What of it leaves now.</param>
    public Refusal Release(Order order, Quantity quantity, Timestamp clock, out ApprovedCommand approved)
    {
        OrderCommand command = Released(order, quantity, clock);
        Refusal refusal = gate.Judge(ref command, replaced: Quantity.Zero, out approved, isReleased: true);
        if (!refusal.IsNone) return refusal;
        if (order.IsReduceOnly && !command.IsReduceOnly) blotter.NoteReductionWatched(order);
        blotter.NoteReleased(order, in command);
        return refusal;
    }

    /// <summary>The order that a held one becomes when it leaves.</summary>
    public OrderCommand Released(Order order, Quantity quantity, Timestamp clock)
    {
        OrderCommand command = About(CommandKind.Submit, order, clock);
        bool takesAny = order.Type is OrderType.Market or OrderType.Stop or OrderType.Trailing;
        command.Type = takesAny ? OrderType.Market : OrderType.Limit;
        command.TimeInForce = takesAny && order.TimeInForce != TimeInForce.FillOrKill ? TimeInForce.ImmediateOrCancel : order.TimeInForce;
        command.ExpireTime = command.TimeInForce == TimeInForce.GoodTillDate ? order.ExpireTime : default;
        command.Flags = order.Flags;
        command.Price = takesAny ? Price.None : order.Price;
        command.Quantity = quantity;
        command.UserTag = order.UserTag;
        if (order.Origin == OrderOrigin.Exit) command.Reason = ExitReconciler.ReasonOf(order.UserTag);
        return ForVenue(in command, keepsTime: KeepsTime(order));
    }

    /// <summary>We end the order when its time is up. Those of a list that we keep end here too: an end acts on siblings that wait for the tape of that very time.</summary>
    public bool KeepsTime(Order order) => rules.KeepsTime || order.List is not null;

    /// <summary>Proposes a change of a live order; what the change states is whole: price, quantity, trigger, offset.</summary>
    public Refusal Replace(Order order, in OrderChange change, Timestamp clock, out ApprovedCommand approved)
    {
        approved = default;
        if (order.Status is not (OrderStatus.Open or OrderStatus.PartiallyFilled or OrderStatus.Triggered))
            return new Refusal(ReasonCode.NotReplaceable, (long)OrderStatus.Open, (long)order.Status);
        OrderCommand command = Replacement(order, in change, clock);
        Refusal refusal = gate.Judge(ref command, replaced: order.Leaves, out approved, isQuote: order.Origin == OrderOrigin.Ladder);
        if (refusal.IsNone) blotter.NoteReplaceSent(order, in command, change.Price, change.TriggerPrice, change.TrailOffset);
        return refusal;
    }

    /// <summary>Judges a change of an order that we hold.</summary>
    public Refusal ReviewChange(Order order, in OrderChange change, Timestamp clock) => gate.ReviewTerms(Replacement(order, in change, clock), order);

    /// <summary>Asks the venue to end a live order.</summary>
    /// <returns>False when a cancel is on its way already.</returns>
    public bool TryCancel(Order order, ReasonCode reason, Timestamp clock, out ApprovedCommand approved)
    {
        approved = default;
        if (order.IsCancelSent) return false;
        OrderCommand command = About(CommandKind.Cancel, order, clock);
        command.Reason = reason;
        approved = gate.PassCancel(ref command);
        order.NoteCancelSent(in command);
        return true;
    }

    /// <summary>Asks the venue how it has an order.</summary>
    public ApprovedCommand Ask(ClientOrderId order, InstrumentId instrument, Side side, ulong venueOrderId, Timestamp clock)
    {
        OrderCommand command = Blank(CommandKind.Query, instrument, order, order.IsNone ? ushort.MaxValue : order.Strategy, clock);
        command.Side = side;
        command.VenueOrderId = venueOrderId;
        return gate.PassQuestion(ref command);
    }

    /// <summary>Asks the venue for all that it has of ours.</summary>
    /// <param name="since">Executions from this venue time on are to be repeated.</param>
    public ApprovedCommand AskAll(Timestamp since, Timestamp clock)
    {
        OrderCommand command = Blank(CommandKind.Snapshot, InstrumentId.None, ClientOrderId.None, ushort.MaxValue, clock);
        command.Since = since;
        return gate.PassQuestion(ref command);
    }

    /// <summary>Asks the venue to end an order that is not ours.</summary>
    public ApprovedCommand Cancel(ExternalOrder order, Timestamp clock)
    {
        OrderCommand command = Blank(CommandKind.Cancel, order.Instrument, order.ClientOrderId, ushort.MaxValue, clock);
        command.Side = order.Side;
        command.VenueOrderId = order.VenueOrderId;
        command.Reason = ReasonCode.KillSwitch;
        return gate.PassCancel(ref command);
    }

    /// <summary>An order of ours that we held for over and that lives at the venue, as if it were sent now.</summary>
    public OrderCommand Again(in VenueOrder found, Timestamp clock)
    {
        OrderCommand command = Blank(CommandKind.Submit, found.Header.Instrument, found.ClientOrderId, found.ClientOrderId.Strategy, clock);
        command.Side = found.Side;
        command.Type = found.Type;
        command.TimeInForce = found.TimeInForce;
        command.Flags = found.Flags;
        command.Price = found.Price;
        command.Quantity = found.Quantity;
        command.TriggerPrice = found.TriggerPrice;
        command.TriggerSource = found.TriggerSource;
        command.TrailOffset = found.TrailOffset;
        command.ExpireTime = found.ExpireTime;
        return command;
    }

    /// <summary>What stands against an order, with nothing approved: one that stays here is judged by its terms alone.</summary>
    public Refusal Review(in OrderCommand asked, bool isHeld, bool isChild)
    {
        Refusal refusal = gate.ReviewTerms(in asked);
        return refusal.IsNone && !isHeld ? gate.Review(ForVenue(in asked, rules.KeepsTime), isChild: isChild) : refusal;
    }

    /// <summary>The oldest order of the account's own that has to go before this one may leave; null when there is none, or when the order is to be refused instead.</summary>
    public Order? FirstInTheWay(in OrderCommand command, OrderOrigin origin = OrderOrigin.Intent, bool isChild = false)
    {
        bool isQuote = origin == OrderOrigin.Ladder, isWayOut = origin is OrderOrigin.Exit or OrderOrigin.Liquidation;      // which no order of our own is to bar
        if ((gate.SelfMatch != SelfMatch.CancelResting && !isWayOut) || isChild || command.Type.HasTrigger()) return null;
        return gate.FirstMet(in command, isQuote) is { } met && gate.Review(command, isQuote: isQuote).Reason is ReasonCode.None or ReasonCode.WouldMeetOwn ? met : null;
    }

    /// <summary>A held order would meet another one of the account's own if it left now.</summary>
    public bool MeetsOwn(Order order, Timestamp clock) => gate.FirstMet(Released(order, order.Wanted, clock)) is not null;

    /// <summary>What is left of an order in a list that is over at the venue, as an order of its own.</summary>
    public OrderCommand RestOf(Order order, ClientOrderId id, Timestamp clock)
    {
        OrderCommand command = Blank(CommandKind.Submit, order.Instrument, id, order.Strategy, clock);
        command.Output.Parent = order.Parent;
        command.Side = order.Side;
        command.Type = order.Type;
        command.TimeInForce = order.TimeInForce;
        command.ExpireTime = order.ExpireTime;
        command.Flags = order.Flags;
        command.Price = order.Price;
        command.TriggerPrice = order.TriggerPrice;
        command.TriggerSource = order.TriggerSource;
        command.TrailOffset = order.TrailOffset;
        command.ListId = order.ListId;
        command.Contingency = order.Contingency;
        command.UserTag = order.UserTag;
        command.Quantity = order.Wanted + order.Inactive;
        return command;
    }

    /// <summary>A reduce-only order that waits for its trigger or its parent is judged by the venue then.</summary>
    public bool SendsReduceOnly(in OrderCommand command) => command.IsReduceOnly && gate.SendsReduceOnlyLater(in command);

    /// <summary>As the other, of an order that we hold.</summary>
    public bool SendsReduceOnly(Order order) => order.IsReduceOnly && gate.SendsReduceOnlyLater(About(CommandKind.Submit, order, Timestamp.Earliest));

    /// <summary>What the position leaves an order of that side to reduce; zero for nothing.</summary>
    public Quantity RoomToReduce(Order order) => new(Math.Max(gate.RoomToReduce(order.Strategy, order.Instrument, order.Side), 0));

    /// <summary>Without what we do in the venue's place.</summary>
    private static OrderCommand ForVenue(in OrderCommand asked, bool keepsTime)
    {
        OrderCommand command = asked;
        if (!keepsTime || asked.TimeInForce is not (TimeInForce.Day or TimeInForce.GoodTillDate)) return command;
        command.TimeInForce = TimeInForce.GoodTillCancel;
        command.ExpireTime = default;
        return command;
    }

    public OrderCommand Replacement(Order order, in OrderChange change, Timestamp clock)
    {
        OrderCommand command = About(CommandKind.Replace, order, clock);
        command.Type = order.Type;
        command.TimeInForce = order.TimeInForce;
        command.Flags = order.IsReductionWatched ? order.Flags & ~OrderFlags.ReduceOnly : order.Flags;
        command.Price = change.Price;
        command.Quantity = change.Quantity;
        if (!order.IsWaiting) return command;
        command.TriggerPrice = change.TriggerPrice;
        command.TrailOffset = change.TrailOffset;
        return command;
    }

    private OrderCommand About(CommandKind kind, Order order, Timestamp clock)
    {
        OrderCommand command = Blank(kind, order.Instrument, order.Id, order.Strategy, clock);
        command.Output.Parent = order.Parent;
        command.Side = order.Side;
        return command;
    }

    private OrderCommand Blank(CommandKind kind, InstrumentId instrument, ClientOrderId order, ushort strategy, Timestamp clock) => new()
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, source: 0, instrument, clock, clock),
        Output = new OutputHeader { Strategy = strategy, Account = account, Parent = order },
        Kind = kind,
        ClientOrderId = order,
        Price = Price.None,
        TriggerPrice = Price.None,
        TrailOffset = Price.None,
        Quantity = Quantity.None,
        DisplayQuantity = Quantity.None,
        MinimumQuantity = Quantity.None,
    };
}
