using Fathom.Domain.Messages;
using Fathom.Engine.Orders.Lifecycle;

namespace Fathom.Tests.Engine.Orders.Lifecycle;

/// <summary>What holds of the whole table, and the cases that decided how it was declared.</summary>
public class OrderLifecycleTests
{
    private const OrderFacts NoFacts = OrderFacts.None;

    private static IEnumerable<(OrderStatus Status, OrderFacts Facts)> Reachable => LifecycleWalk.Reachable;

    [Fact]
    public void Every_state_says_something_about_every_input()
    {
        foreach (OrderState state in OrderState.All)
            foreach (OrderInput input in LifecycleWalk.Inputs)
            {
                LifecycleCell cell = OrderLifecycle.Cell(state, input);
                Assert.True(cell.IsStatus || cell.IsRule || (cell.IsIllegal && Enum.IsDefined(cell.Reason) && cell.Reason is not (IllegalReason.None or IllegalReason.NotAnOrder)), $"{input} in {state}: {cell}");
            }
    }

    [Fact]
    public void The_states_are_those_that_an_order_can_have()
    {
        Assert.Equal(Enum.GetValues<OrderStatus>().Where(status => status != OrderStatus.None), OrderState.All.Select(state => state.Status).Distinct().Order());
        Assert.Equal(OrderState.LiveCount, OrderState.All.TakeWhile(state => !state.Status.IsTerminal()).Count());
        Assert.All(OrderState.All.Skip(OrderState.LiveCount), state => Assert.True(state.Status.IsTerminal()));
    }

    [Fact]
    public void What_is_no_order_takes_nothing()
    {
        foreach (OrderStatus status in Enumerable.Range(0, 32).Select(value => (OrderStatus)value).Where(status => status == OrderStatus.None || !Enum.IsDefined(status)))
            foreach (OrderInput input in LifecycleWalk.Inputs)
                Assert.Equal(new Transition(status, NoFacts, IllegalReason.NotAnOrder), OrderLifecycle.After(status, NoFacts, input));
    }

    [Fact]
    public void Nothing_changes_an_order_that_is_over()
    {
        foreach ((OrderStatus status, OrderFacts facts) in Reachable.Where(place => place.Status.IsTerminal()))
            foreach (OrderInput input in LifecycleWalk.Inputs)
            {
                Transition transition = OrderLifecycle.After(status, facts, input);
                Assert.Equal((status, facts, false), (transition.Status, transition.Facts, transition.IsLegal));
            }
    }

    [Fact]
    public void What_is_illegal_changes_nothing_and_has_a_reason()
    {
        int illegal = 0;
        foreach ((OrderStatus status, OrderFacts facts) in Reachable)
            foreach (OrderInput input in LifecycleWalk.Inputs)
            {
                Transition transition = OrderLifecycle.After(status, facts, input);
                if (transition.IsLegal) continue;
                illegal++;
                Assert.Equal((status, facts, true), (transition.Status, transition.Facts, Enum.IsDefined(transition.Reason)));
            }
        Assert.True(illegal > 0);
    }

    [Fact]
    public void Every_state_is_reached_and_no_other()
    {
        Assert.Equal(OrderState.All.ToHashSet(), Reachable.Select(LifecycleWalk.StateOf).ToHashSet());
    }

    [Fact]
    public void Every_input_is_legal_somewhere_and_every_reason_given_somewhere()
    {
        List<(OrderInput Input, Transition Transition)> all =
            [.. from place in Reachable from input in LifecycleWalk.Inputs select (input, OrderLifecycle.After(place.Status, place.Facts, input))];
        Assert.Equal(LifecycleWalk.Inputs.ToHashSet(), all.Where(one => one.Transition.IsLegal).Select(one => one.Input).ToHashSet());
        Assert.Equal(Enum.GetValues<IllegalReason>().Where(reason => reason != IllegalReason.NotAnOrder).ToHashSet(), all.Select(one => one.Transition.Reason).ToHashSet());
    }

    [Fact]
    public void Every_live_order_can_end()
    {
        foreach ((OrderStatus Status, OrderFacts) place in Reachable.Where(place => !place.Status.IsTerminal()))
            Assert.Contains(LifecycleWalk.From(place).Keys, after => after.Status.IsTerminal());
    }

    [Fact]
    public void Whatever_the_venue_answers_settles_a_doubt()
    {
        foreach ((OrderStatus status, OrderFacts facts) in Reachable.Where(place => place.Status == OrderStatus.Unknown))
            foreach (OrderInput answer in LifecycleWalk.Inputs.Where(input => input >= OrderInput.FoundLive))
            {
                Transition transition = OrderLifecycle.After(status, facts, answer);
                Assert.True(transition.IsLegal && transition.Status != OrderStatus.Unknown && transition.Status.IsTerminal() == (answer != OrderInput.FoundLive), $"{answer} on {facts}: {transition}");
            }
    }

    [Fact]
    public void A_doubt_is_left_by_an_answer_or_an_end_alone()
    {
        foreach ((OrderStatus status, OrderFacts facts) in Reachable.Where(place => place.Status == OrderStatus.Unknown))
            foreach (OrderInput input in LifecycleWalk.Inputs.Where(input => input < OrderInput.FoundLive))
            {
                OrderStatus after = OrderLifecycle.After(status, facts, input).Status;
                Assert.True(after == OrderStatus.Unknown || after.IsTerminal(), $"{input} on {facts}: {after}");
            }
    }

    [Fact]
    public void A_live_order_that_was_sent_can_always_be_canceled_unless_a_cancel_is_on_its_way()
    {
        foreach ((OrderStatus status, OrderFacts facts) in Reachable.Where(place => !place.Status.IsTerminal() && !LifecycleWalk.StateOf(place).IsHere))
        {
            Transition cancel = OrderLifecycle.After(status, facts, OrderInput.SendCancel);
            Assert.Equal(status != OrderStatus.PendingCancel, cancel.IsLegal);
            Assert.NotEqual(NoFacts, cancel.Facts & OrderFacts.IsCancelOpen);
        }
    }

    [Fact]
    public void A_pending_state_has_its_request_open_and_an_open_request_shows()
    {
        foreach ((OrderStatus status, OrderFacts facts) in Reachable.Where(place => !place.Status.IsTerminal() && place.Status != OrderStatus.Unknown))
        {
            bool isCancelOpen = (facts & OrderFacts.IsCancelOpen) != 0, isReplaceOpen = (facts & OrderFacts.IsReplaceOpen) != 0;
            Assert.Equal(isCancelOpen, status == OrderStatus.PendingCancel);
            if (!isCancelOpen) Assert.Equal(isReplaceOpen, status == OrderStatus.PendingReplace);
        }
    }

    [Fact]
    public void Nothing_was_filled_of_a_rejected_refused_canceled_or_failed_order()
    {
        foreach ((OrderStatus status, OrderFacts facts) in Reachable)
        {
            bool hasFilled = (facts & OrderFacts.HasFilled) != 0;
            if (status is OrderStatus.Canceled or OrderStatus.Rejected or OrderStatus.Refused or OrderStatus.Failed) Assert.False(hasFilled, status.ToString());
            if (status is OrderStatus.CanceledAfterPartialFill or OrderStatus.PartiallyFilled) Assert.True(hasFilled, status.ToString());
            if (status == OrderStatus.Failed) Assert.Equal(NoFacts, facts & (OrderFacts.IsAccepted | OrderFacts.IsTriggered));
        }
    }

    [Theory]
    [InlineData("Send Accepted PartFill LastFill", OrderStatus.Filled)]
    [InlineData("Send PartFill Accepted", OrderStatus.PartiallyFilled)]                            // the fill outran the acceptance
    [InlineData("Send Accepted SendCancel PartFill", OrderStatus.PendingCancel)]
    [InlineData("Send Accepted SendCancel LastFill", OrderStatus.Filled)]
    [InlineData("Send Accepted SendCancel PartFill Canceled", OrderStatus.CanceledAfterPartialFill)]
    [InlineData("Send SendCancel CancelRejected", OrderStatus.PendingNew)]
    [InlineData("Send SendCancel Rejected", OrderStatus.Rejected)]
    [InlineData("Send SendCancel Accepted CancelRejected", OrderStatus.Open)]
    [InlineData("Send Accepted SendReplace SendCancel CancelRejected", OrderStatus.PendingReplace)]
    [InlineData("Send Accepted SendReplace SendCancel Replaced", OrderStatus.PendingCancel)]
    [InlineData("Send Accepted SendReplace SendCancel Replaced CancelRejected", OrderStatus.Open)]
    [InlineData("Send Accepted SendReplace PartFill ReplaceRejected", OrderStatus.PartiallyFilled)]
    [InlineData("Send Accepted TriggeredThere SendReplace Replaced", OrderStatus.Triggered)]
    [InlineData("Send TriggeredThere Accepted PartFill", OrderStatus.PartiallyFilled)]
    [InlineData("Hold Trigger Send TriggeredThere", OrderStatus.Triggered)]
    [InlineData("Hold Trigger Send SendCancel CancelRejected", OrderStatus.PendingNew)]            // triggered here says nothing of the venue
    [InlineData("Hold Trigger Refuse", OrderStatus.Refused)]
    [InlineData("Hold Trigger CancelHere", OrderStatus.Canceled)]
    [InlineData("Hold ExpireHere", OrderStatus.Expired)]
    [InlineData("Send Accepted Rejected", OrderStatus.Unknown)]                                    // the venue contradicts itself: it is asked
    [InlineData("Send PartFill Rejected", OrderStatus.Unknown)]
    [InlineData("Send Accepted Rejected FoundRejected", OrderStatus.Rejected)]
    [InlineData("Send PartFill Rejected FoundRejected", OrderStatus.CanceledAfterPartialFill)]
    [InlineData("Send Doubt Accepted", OrderStatus.Unknown)]
    [InlineData("Send Doubt Rejected", OrderStatus.Rejected)]
    [InlineData("Send Doubt Accepted Rejected", OrderStatus.Unknown)]
    [InlineData("Send Doubt FoundLive", OrderStatus.Open)]
    [InlineData("Send Doubt PartFill FoundLive", OrderStatus.PartiallyFilled)]
    [InlineData("Send Doubt FoundMissing", OrderStatus.Failed)]
    [InlineData("Send Doubt Accepted FoundMissing", OrderStatus.Canceled)]
    [InlineData("Send Accepted SendCancel Doubt FoundLive", OrderStatus.PendingCancel)]            // asked before the cancel's time was over
    [InlineData("Send Accepted SendCancel Doubt CancelRejected FoundLive", OrderStatus.Open)]
    [InlineData("Send Doubt SendCancel FoundLive", OrderStatus.PendingCancel)]                     // the kill switch does not wait for answers
    public void A_life_ends_where_it_should(string inputs, OrderStatus expected)
    {
        (OrderStatus status, OrderFacts facts) = (OrderStatus.Created, NoFacts);
        foreach (string input in inputs.Split(' '))
        {
            Transition transition = OrderLifecycle.After(status, facts, Enum.Parse<OrderInput>(input));
            Assert.True(transition.IsLegal, $"{input}: {transition}");
            (status, facts) = (transition.Status, transition.Facts);
        }
        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData(OrderStatus.Held, OrderInput.PartFill, IllegalReason.NotSent)]
    [InlineData(OrderStatus.Held, OrderInput.Doubt, IllegalReason.NotSent)]
    [InlineData(OrderStatus.Created, OrderInput.Trigger, IllegalReason.NotHeld)]
    [InlineData(OrderStatus.Open, OrderInput.Send, IllegalReason.AlreadySent)]
    [InlineData(OrderStatus.Open, OrderInput.CancelRejected, IllegalReason.NeverAsked)]
    [InlineData(OrderStatus.PendingCancel, OrderInput.Replaced, IllegalReason.NeverAsked)]
    [InlineData(OrderStatus.PendingCancel, OrderInput.SendCancel, IllegalReason.RequestOpen)]
    [InlineData(OrderStatus.PendingNew, OrderInput.SendReplace, IllegalReason.NotAcknowledged)]
    [InlineData(OrderStatus.Unknown, OrderInput.SendReplace, IllegalReason.InDoubt)]
    [InlineData(OrderStatus.Unknown, OrderInput.CancelRejected, IllegalReason.NeverAsked)]
    [InlineData(OrderStatus.Filled, OrderInput.CancelRejected, IllegalReason.LostRace)]
    [InlineData(OrderStatus.Filled, OrderInput.PartFill, IllegalReason.AlreadyOver)]
    [InlineData(OrderStatus.Refused, OrderInput.CancelRejected, IllegalReason.AlreadyOver)]
    public void What_cannot_happen_says_why(OrderStatus status, OrderInput input, IllegalReason expected) =>
        Assert.Equal(new Transition(status, NoFacts, expected), OrderLifecycle.After(status, NoFacts, input));

    [Fact]
    public void Asking_allocates_nothing()
    {
        int legal = 0;
        Assert.Equal(0, Allocated.AtLeast(() => legal += OrderLifecycle.After(OrderStatus.PendingCancel, OrderFacts.IsCancelOpen, OrderInput.CancelRejected).IsLegal ? 1 : 0));
        Assert.True(legal > 0);
    }
}
