using Fathom.Domain.Messages;
using Fathom.Engine.Orders.Lifecycle;
using Fathom.Twins.SlowLifecycle;

namespace Fathom.Tests.Engine.Orders.Lifecycle;

/// <summary>The table against an order that has none: its status follows from what has happened to it.</summary>
public class OrderLifecycleTwinTests
{
    [Fact]
    public void Wherever_an_order_can_be_every_input_does_what_it_does_to_the_twin()
    {
        foreach ((OrderStatus Status, OrderFacts Facts) place in LifecycleWalk.Reachable)
            foreach (OrderInput input in LifecycleWalk.Inputs)
            {
                var twin = new SlowOrderLife();
                foreach (OrderInput step in LifecycleWalk.WayTo(place)) Assert.Equal(IllegalReason.None, twin.Take(step));
                Agree(twin, place.Status, place.Facts, input, string.Join(' ', LifecycleWalk.WayTo(place)));
            }
    }

    [Fact]
    public void Lives_of_any_inputs_are_the_twins()
    {
        for (int seed = 0; seed < Fuzz.Seeds(20_000); seed++) Live(seed);
    }

    private static void Live(int seed)
    {
        var random = new Random(seed);
        var twin = new SlowOrderLife();
        (OrderStatus status, OrderFacts facts) = (OrderStatus.Created, OrderFacts.None);
        for (int step = 0, over = 0; step < 60 && over < 3; step++)
        {
            Transition transition = Agree(twin, status, facts, AnInput(random), $"seed {seed}, step {step}");
            (status, facts) = (transition.Status, transition.Facts);
            if (status.IsTerminal()) over++;
        }
    }

    private static Transition Agree(SlowOrderLife twin, OrderStatus status, OrderFacts facts, OrderInput input, string where)
    {
        Transition transition = OrderLifecycle.After(status, facts, input);
        IllegalReason reason = twin.Take(input);
        Assert.True((twin.Status, reason) == (transition.Status, transition.Reason), $"{where}: {input} on {status} ({facts}) gives {transition}, the twin says {twin.Status} {reason}");
        return transition;
    }

    /// <summary>Any input, those that end an order less often than the others.</summary>
    private static OrderInput AnInput(Random random)
    {
        OrderInput input = LifecycleWalk.Inputs[random.Next(LifecycleWalk.Inputs.Length)];
        bool isEnd = input is OrderInput.Refuse or OrderInput.CancelHere or OrderInput.ExpireHere or OrderInput.Rejected or OrderInput.LastFill or OrderInput.Canceled or
            OrderInput.Expired or >= OrderInput.FoundFilled;
        return isEnd && random.Next(8) > 0 ? LifecycleWalk.Inputs[random.Next((int)OrderInput.FoundLive)] : input;
    }
}
