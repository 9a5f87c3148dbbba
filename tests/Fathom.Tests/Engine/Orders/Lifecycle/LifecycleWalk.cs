using Fathom.Domain.Messages;
using Fathom.Engine.Orders.Lifecycle;

namespace Fathom.Tests.Engine.Orders.Lifecycle;

/// <summary>Every place of the table that an order can come to.</summary>
internal static class LifecycleWalk
{
    public static OrderInput[] Inputs { get; } = [.. Enum.GetValues<OrderInput>().Where(input => input != OrderInput.None)];

    /// <summary>Statuses with what is known, from Created on.</summary>
    public static IReadOnlyCollection<(OrderStatus Status, OrderFacts Facts)> Reachable => s_ways.Keys;

    private static readonly Dictionary<(OrderStatus Status, OrderFacts Facts), OrderInput[]> s_ways = From((OrderStatus.Created, OrderFacts.None));

    /// <summary>The row of the table that a place belongs to.</summary>
    public static OrderState StateOf((OrderStatus Status, OrderFacts Facts) place) => new(place.Status,
        place.Status is OrderStatus.Created or OrderStatus.Held || (place.Status == OrderStatus.Triggered && (place.Facts & OrderFacts.IsHere) != 0));

    /// <summary>A shortest way from Created.</summary>
    public static OrderInput[] WayTo((OrderStatus, OrderFacts) place) => s_ways[place];

    /// <summary>Where an order can come to from a place, each with a shortest way.</summary>
    public static Dictionary<(OrderStatus Status, OrderFacts Facts), OrderInput[]> From((OrderStatus, OrderFacts) start)
    {
        Dictionary<(OrderStatus Status, OrderFacts Facts), OrderInput[]> ways = new() { [start] = [] };
        var next = new Queue<(OrderStatus Status, OrderFacts Facts)>([start]);
        while (next.TryDequeue(out (OrderStatus Status, OrderFacts Facts) place))
            foreach (OrderInput input in Inputs)
            {
                Transition transition = OrderLifecycle.After(place.Status, place.Facts, input);
                if (ways.TryAdd((transition.Status, transition.Facts), [.. ways[place], input])) next.Enqueue((transition.Status, transition.Facts));
            }
        return ways;
    }
}
