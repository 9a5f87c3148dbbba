using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fathom.Domain.Messages;
using Fathom.Engine.Orders.Lifecycle;

namespace Fathom.Tests.Engine.Orders.Lifecycle;

/// <summary>The parts of docs/reference/order-lifecycle.md that come from the table and from the words beside it in the code.</summary>
internal static partial class LifecyclePage
{
    /// <summary>The page with each part between its marks as it is to be.</summary>
    public static string Renewed(string page)
    {
        foreach ((string name, string text) in Parts)
        {
            string begin = $"<!-- from the table: {name} -->\n", end = $"<!-- end: {name} -->";
            (int from, int to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
            Assert.True(from >= 0 && to > from, $"the page has no place for {name}: {begin}");
            page = $"{page[..(from + begin.Length)]}{text}{page[to..]}";
        }
        return page;
    }

    private static IEnumerable<(string Name, string Text)> Parts =>
    [
        ("events", Words(LifecycleWalk.Inputs)),
        ("not sent", Table(0, 3)),
        ("sent", Table(3, OrderState.LiveCount)),
        ("rules", Words(Enum.GetValues<LifecycleRule>().Where(rule => rule != LifecycleRule.Same))),
        ("reasons", Words(Enum.GetValues<IllegalReason>().Where(reason => reason is not (IllegalReason.None or IllegalReason.NotAnOrder)))),
        ("diagram", Mermaid()),
    ];

    /// <summary>States beside each other; inputs that are illegal for one and the same reason in all of them are one line.</summary>
    private static string Table(int first, int end)
    {
        OrderState[] states = OrderState.All[first..end];
        var text = new StringBuilder($"| | {string.Join(" | ", states.Select(Heading))} |\n|---|{string.Concat(states.Select(_ => "---|"))}\n");
        var refused = new List<(IllegalReason Reason, OrderInput Input)>();
        foreach (OrderInput input in LifecycleWalk.Inputs)
        {
            LifecycleCell[] cells = [.. states.Select(state => OrderLifecycle.Cell(state, input))];
            if (cells[0].IsIllegal && cells.All(cell => cell == cells[0])) refused.Add((cells[0].Reason, input));
            else text.Append($"| **{input}** | {string.Join(" | ", states.Zip(cells, Text))} |\n");
        }
        foreach (IGrouping<IllegalReason, OrderInput> group in refused.GroupBy(one => one.Reason, one => one.Input))
            text.Append($"\n*{group.Key}* in all of them: {string.Join(", ", group)}.\n");
        return text.ToString();
    }

    private static string Heading(OrderState state) => state.Status == OrderStatus.Triggered ? (state.IsHere ? "Triggered (here)" : "Triggered (at the venue)") : state.Status.ToString();

    private static string Text(OrderState state, LifecycleCell cell) =>
        cell.IsIllegal ? $"*{cell.Reason}*" : cell.IsRule ? $"[{cell.Rule}](#rules)" : cell.Status == state.Status ? "·" : cell.Status.ToString();

    /// <summary>A line for each word of an enum, in the words that stand beside it in the code.</summary>
    private static string Words<T>(IEnumerable<T> values) where T : struct, Enum
    {
        Dictionary<string, string> summaries = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Fathom.Engine.xml")).Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, member => Spaces().Replace(member.Element("summary")?.Value ?? "", " ").Trim());
        return string.Concat(values.Select(value => $"* **{value}**: {summaries[$"F:{typeof(T).FullName}.{value}"]}\n"));
    }

    private static string Mermaid()
    {
        var text = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> Created\n    TriggeredHere: Triggered (here)\n");
        foreach ((string frame, string words) in s_frameWords) text.Append($"    {frame}: {words}\n");
        text.Append($"    {LifecycleEdges.Standing}: what it is by all that is known\n");
        foreach (LifecycleEdge edge in LifecycleEdges.All)
            text.Append($"    {edge.From} --> {edge.To}: {string.Join(", ", edge.Inputs)}{(edge.If is null ? "" : $" ({edge.If})")}\n");
        foreach (OrderState state in OrderState.All.Skip(OrderState.LiveCount)) text.Append($"    {state.Status} --> [*]\n");
        return text.Append("```\n").ToString();
    }

    private static readonly (string Frame, string Words)[] s_frameWords =
    [
        ("AnyNotSent", "any order that was not sent"), ("AnyHeld", "any order that we hold"), ("AnyKnown", "Open, PartiallyFilled, Triggered or PendingReplace"),
        ("AnyCertain", "any order that was sent and is not Unknown"), ("AnySent", "any order that was sent and is not over"),
    ];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
