using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using static Fathom.Domain.Messages.OrderStatus;
using static Fathom.Engine.Orders.Lifecycle.IllegalReason;
using static Fathom.Engine.Orders.Lifecycle.LifecycleRule;

namespace Fathom.Engine.Orders.Lifecycle;

/// <summary>
/// The life of an order, declared once: what each input makes of an order in each state, or why it cannot happen. The engine, the page docs/reference/order-lifecycle.md with its
/// picture, and the tests all come from this table.
/// </summary>
public static class OrderLifecycle
{
    // Flat, one byte a cell: status with IsHere as its sixth bit, then the input.
    private const int Inputs = 32, States = 64;

    private static readonly LifecycleCell[] Table = Declare();
    private static readonly OrderFacts[] Learned = DeclareLearned();

    /// <summary>What an input makes of an order. Nothing is changed by asking.</summary>
    /// <param name="facts">As known before the input.</param>
    public static Transition After(OrderStatus status, OrderFacts facts, OrderInput input)
    {
        LifecycleCell cell = Table[Index(status, facts, input)];
        return cell.IsStatus ? new Transition(cell.Status, Known(facts, input), IllegalReason.None) : Settle(cell, status, facts, input);
    }

    /// <summary>The cell as it was declared; <see cref="LifecycleRule.Same"/> is the state itself.</summary>
    internal static LifecycleCell Cell(OrderState state, OrderInput input) => Table[Index(state.Status, state.IsHere ? OrderFacts.IsHere : OrderFacts.None, input)];

    private static OrderFacts Known(OrderFacts facts, OrderInput input) => Learned[((int)facts * Inputs) + (int)input];

    private static int Index(OrderStatus status, OrderFacts facts, OrderInput input) => (((int)status | (int)(facts & OrderFacts.IsHere)) * Inputs) + (int)input;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Transition Settle(LifecycleCell cell, OrderStatus status, OrderFacts facts, OrderInput input)
    {
        if (cell.IsIllegal) return new Transition(status, facts, cell.Reason);
        OrderFacts after = Known(facts, input);
        if (cell.Rule == SameIfAsked) return IsAsked(facts, input) ? new Transition(status, after, IllegalReason.None) : new Transition(status, facts, NeverAsked);
        return new Transition(Settled(cell.Rule, after), after, IllegalReason.None);
    }

    private static OrderStatus Settled(LifecycleRule rule, OrderFacts facts)
    {
        bool hasFilled = (facts & OrderFacts.HasFilled) != 0, isKnownThere = (facts & (OrderFacts.HasFilled | OrderFacts.IsAccepted | OrderFacts.IsTriggered)) != 0;
        return rule switch
        {
            Standing => StandingOf(facts),
            Ended => EndedOf(hasFilled),
            RejectedOrDoubt => isKnownThere ? Unknown : Rejected,
            RejectedOrEnded => hasFilled ? CanceledAfterPartialFill : Rejected,
            FailedOrEnded => isKnownThere ? EndedOf(hasFilled) : Failed,
            _ => throw new InvalidOperationException($"{rule} says no status"),
        };
    }

    private static OrderStatus StandingOf(OrderFacts facts) =>
        (facts & OrderFacts.IsCancelOpen) != 0 ? PendingCancel :
        (facts & OrderFacts.IsReplaceOpen) != 0 ? PendingReplace :
        (facts & OrderFacts.HasFilled) != 0 ? PartiallyFilled :
        (facts & OrderFacts.IsTriggered) != 0 ? Triggered :
        (facts & OrderFacts.IsAccepted) != 0 ? Open : PendingNew;

    private static OrderStatus EndedOf(bool hasFilled) => hasFilled ? CanceledAfterPartialFill : Canceled;

    private static bool IsAsked(OrderFacts facts, OrderInput input) =>
        (facts & (input == OrderInput.CancelRejected ? OrderFacts.IsCancelOpen : OrderFacts.IsReplaceOpen)) != 0;

    private static OrderFacts[] DeclareLearned()
    {
        var learned = new OrderFacts[States * Inputs];
        for (int i = 0; i < learned.Length; i++) learned[i] = Learn((OrderFacts)(i / Inputs), (OrderInput)(i % Inputs));
        return learned;
    }

    /// <summary>What is known of the order once an input has happened.</summary>
    private static OrderFacts Learn(OrderFacts facts, OrderInput input) => input switch
    {
        OrderInput.Hold => facts | OrderFacts.IsHere,
        OrderInput.Send => facts & ~OrderFacts.IsHere,
        OrderInput.SendCancel => facts | OrderFacts.IsCancelOpen,
        OrderInput.CancelRejected => facts & ~OrderFacts.IsCancelOpen,
        OrderInput.SendReplace => facts | OrderFacts.IsReplaceOpen,
        OrderInput.Replaced or OrderInput.ReplaceRejected => facts & ~OrderFacts.IsReplaceOpen,
        OrderInput.Accepted or OrderInput.FoundLive => facts | OrderFacts.IsAccepted,
        OrderInput.TriggeredThere => facts | OrderFacts.IsTriggered,
        OrderInput.PartFill or OrderInput.LastFill => facts | OrderFacts.HasFilled,
        _ => facts,
    };

    private static LifecycleCell[] Declare()
    {
        var table = new LifecycleCell[States * Inputs];
        Array.Fill(table, NotAnOrder);
#pragma warning disable format    // columns
        //                             Created     Held         Triggered here  PendingNew       Open             PartiallyFilled  Triggered there  PendingReplace   PendingCancel    Unknown
        On(OrderInput.Hold,            Held,       AlreadyDone, AlreadyDone,    AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent);
        On(OrderInput.Send,            PendingNew, PendingNew,  PendingNew,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent);
        On(OrderInput.Refuse,          Refused,    Refused,     Refused,        AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent);
        On(OrderInput.Trigger,         NotHeld,    Triggered,   AlreadyDone,    AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent);
        On(OrderInput.CancelHere,      NotHeld,    Canceled,    Canceled,       AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent);
        On(OrderInput.ExpireHere,      NotHeld,    Expired,     Expired,        AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent,     AlreadySent);
        On(OrderInput.SendCancel,      NotSent,    NotSent,     NotSent,        PendingCancel,   PendingCancel,   PendingCancel,   PendingCancel,   PendingCancel,   RequestOpen,     Same);
        On(OrderInput.SendReplace,     NotSent,    NotSent,     NotSent,        NotAcknowledged, PendingReplace,  PendingReplace,  PendingReplace,  RequestOpen,     RequestOpen,     InDoubt);

        On(OrderInput.Accepted,        NotSent,    NotSent,     NotSent,        Open,            Same,            Same,            Same,            Same,            Same,            Same);
        On(OrderInput.Rejected,        NotSent,    NotSent,     NotSent,        Rejected,        Unknown,         Unknown,         Unknown,         Unknown,         RejectedOrDoubt, RejectedOrDoubt);
        On(OrderInput.PartFill,        NotSent,    NotSent,     NotSent,        PartiallyFilled, PartiallyFilled, Same,            PartiallyFilled, Same,            Same,            Same);
        On(OrderInput.LastFill,        NotSent,    NotSent,     NotSent,        Filled,          Filled,          Filled,          Filled,          Filled,          Filled,          Filled);
        On(OrderInput.Canceled,        NotSent,    NotSent,     NotSent,        Ended,           Ended,           Ended,           Ended,           Ended,           Ended,           Ended);
        On(OrderInput.CancelRejected,  NotSent,    NotSent,     NotSent,        NeverAsked,      NeverAsked,      NeverAsked,      NeverAsked,      NeverAsked,      Standing,        SameIfAsked);
        On(OrderInput.Expired,         NotSent,    NotSent,     NotSent,        Expired,         Expired,         Expired,         Expired,         Expired,         Expired,         Expired);
        On(OrderInput.Replaced,        NotSent,    NotSent,     NotSent,        NeverAsked,      NeverAsked,      NeverAsked,      NeverAsked,      Standing,        SameIfAsked,     SameIfAsked);
        On(OrderInput.ReplaceRejected, NotSent,    NotSent,     NotSent,        NeverAsked,      NeverAsked,      NeverAsked,      NeverAsked,      Standing,        SameIfAsked,     SameIfAsked);
        On(OrderInput.Restated,        NotSent,    NotSent,     NotSent,        Same,            Same,            Same,            Same,            Same,            Same,            Same);
        On(OrderInput.TriggeredThere,  NotSent,    NotSent,     NotSent,        Triggered,       Triggered,       Same,            Same,            Same,            Same,            Same);

        On(OrderInput.Doubt,           NotSent,    NotSent,     NotSent,        Unknown,         Unknown,         Unknown,         Unknown,         Unknown,         Unknown,         Same);
        On(OrderInput.FoundLive,       NotSent,    NotSent,     NotSent,        Standing,        Standing,        Standing,        Standing,        Standing,        Standing,        Standing);
        On(OrderInput.FoundFilled,     NotSent,    NotSent,     NotSent,        Filled,          Filled,          Filled,          Filled,          Filled,          Filled,          Filled);
        On(OrderInput.FoundCanceled,   NotSent,    NotSent,     NotSent,        Ended,           Ended,           Ended,           Ended,           Ended,           Ended,           Ended);
        On(OrderInput.FoundExpired,    NotSent,    NotSent,     NotSent,        Expired,         Expired,         Expired,         Expired,         Expired,         Expired,         Expired);
        On(OrderInput.FoundRejected,   NotSent,    NotSent,     NotSent,        RejectedOrEnded, RejectedOrEnded, RejectedOrEnded, RejectedOrEnded, RejectedOrEnded, RejectedOrEnded, RejectedOrEnded);
        On(OrderInput.FoundMissing,    NotSent,    NotSent,     NotSent,        FailedOrEnded,   FailedOrEnded,   FailedOrEnded,   FailedOrEnded,   FailedOrEnded,   FailedOrEnded,   FailedOrEnded);
#pragma warning restore format
        foreach (OrderState state in OrderState.All)
            if (state.Status.IsTerminal()) DeclareOver(table, state);
        return table;

        void On(OrderInput input, params ReadOnlySpan<LifecycleCell> cells)
        {
            Invariant.Require(cells.Length == OrderState.LiveCount, "an input says something about every live state");
            for (int i = 0; i < cells.Length; i++)
            {
                OrderState state = OrderState.All[i];
                Write(table, state, input, cells[i] == Same ? state.Status : cells[i]);
            }
        }
    }

    /// <summary>Nothing changes an order that is over. That a request of ours came too late is told afterwards, and is in order; of a refused order the venue has seen none.</summary>
    private static void DeclareOver(LifecycleCell[] table, OrderState state)
    {
        for (OrderInput input = OrderInput.Hold; input <= OrderInput.FoundMissing; input++)
            Write(table, state, input, input is OrderInput.CancelRejected or OrderInput.ReplaceRejected && state.Status != Refused ? LostRace : AlreadyOver);
    }

    /// <summary>Only of <see cref="Triggered"/> it matters whether the venue has seen the order; the other states are what they are either way.</summary>
    private static void Write(LifecycleCell[] table, OrderState state, OrderInput input, LifecycleCell cell)
    {
        if (state.Status != Triggered || state.IsHere) table[Index(state.Status, OrderFacts.IsHere, input)] = cell;
        if (state.Status != Triggered || !state.IsHere) table[Index(state.Status, OrderFacts.None, input)] = cell;
    }
}
