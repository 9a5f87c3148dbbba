using Fathom.Domain.Messages;
using Fathom.Engine.Orders.Lifecycle;

namespace Fathom.Tests.Engine.Orders.Lifecycle;

/// <summary>The arrows of the picture, as the table has them. What holds for all states of a frame is one arrow from the frame.</summary>
internal static class LifecycleEdges
{
    /// <summary>Where a request that was answered, or a doubt that was settled, leads: to what the order is by all that is known of it.</summary>
    public const string Standing = "Standing";

    /// <summary>Frames, by the names of the states in them.</summary>
    public static IReadOnlyDictionary<string, string[]> Frames { get; } = new Dictionary<string, string[]>
    {
        ["AnyNotSent"] = ["Created", "Held", "TriggeredHere"],
        ["AnyHeld"] = ["Held", "TriggeredHere"],
        ["AnyKnown"] = ["Open", "PartiallyFilled", "Triggered", "PendingReplace"],
        ["AnyCertain"] = ["PendingNew", "Open", "PartiallyFilled", "Triggered", "PendingReplace", "PendingCancel"],
        ["AnySent"] = ["PendingNew", "Open", "PartiallyFilled", "Triggered", "PendingReplace", "PendingCancel", "Unknown"],
    };

    public static IReadOnlyList<LifecycleEdge> All { get; } = [.. Single()
        .GroupBy(edge => (edge.Input, edge.To, edge.If))
        .SelectMany(edges => Framed([.. edges.Select(edge => edge.From)], edges.Key.To).Select(from => (From: from, edges.Key.To, edges.Key.Input, edges.Key.If)))
        .GroupBy(edge => (edge.From, edge.To))
        .Select(edges => new LifecycleEdge(edges.Key.From, edges.Key.To, [.. edges.Select(edge => edge.Input).Order()], edges.Select(edge => edge.If).FirstOrDefault(words => words is not null)))];

    public static string NameOf(OrderState state) => state is { Status: OrderStatus.Triggered, IsHere: true } ? "TriggeredHere" : state.Status.ToString();

    /// <summary>Every state that a rule can lead to.</summary>
    public static IReadOnlyList<OrderStatus> Outcomes(LifecycleRule rule) =>
        [.. (from place in LifecycleWalk.Reachable
             from input in LifecycleWalk.Inputs
             where OrderLifecycle.Cell(LifecycleWalk.StateOf(place), input) == rule
             let transition = OrderLifecycle.After(place.Status, place.Facts, input)
             where transition.IsLegal
             select transition.Status).Distinct().Order()];

    private static IEnumerable<(string From, string To, OrderInput Input, string? If)> Single()
    {
        foreach (OrderState state in OrderState.All.Take(OrderState.LiveCount))
            foreach (OrderInput input in LifecycleWalk.Inputs)
                foreach ((string to, string? words) in Targets(state, input))
                    if (to != NameOf(state)) yield return (NameOf(state), to, input, words);
    }

    private static IEnumerable<(string To, string? If)> Targets(OrderState state, OrderInput input)
    {
        LifecycleCell cell = OrderLifecycle.Cell(state, input);
        if (cell.IsStatus) return [(NameOf(new OrderState(cell.Status, cell.Status == OrderStatus.Triggered && state.IsHere)), null)];
        if (!cell.IsRule || cell.Rule == LifecycleRule.SameIfAsked) return [];
        if (cell.Rule == LifecycleRule.Standing) return [(Standing, null)];
        return Outcomes(cell.Rule).Select(status => (status.ToString(), Condition(cell.Rule, status)));
    }

    /// <summary>When a rule leads there.</summary>
    private static string? Condition(LifecycleRule rule, OrderStatus outcome) => (rule, outcome) switch
    {
        (LifecycleRule.RejectedOrDoubt, OrderStatus.Unknown) => "it had it",
        (LifecycleRule.RejectedOrDoubt, OrderStatus.Rejected) or (_, OrderStatus.Failed) => "it never had it",
        (_, OrderStatus.CanceledAfterPartialFill) => "something filled",
        _ => "nothing filled",
    };

    /// <summary>The sources, as few frames and states as possible: the frame that covers most, of those the smallest.</summary>
    private static IEnumerable<string> Framed(HashSet<string> sources, string target)
    {
        while (sources.Count > 0)
        {
            string? frame = Frames.Where(frame => frame.Value.Except([target]).All(sources.Contains) && sources.Count(frame.Value.Contains) > 1)
                .OrderByDescending(frame => sources.Count(frame.Value.Contains)).ThenBy(frame => frame.Value.Length).Select(frame => frame.Key).FirstOrDefault();
            string from = frame ?? sources.First();
            yield return from;
            sources.ExceptWith(frame is null ? [from] : Frames[frame]);
        }
    }
}
