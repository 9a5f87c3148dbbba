using System.Globalization;
using System.Security;
using System.Text;
using Fathom.Engine.Orders.Lifecycle;

namespace Fathom.Tests.Engine.Orders.Lifecycle;

/// <summary>
/// The picture of an order's life. Where things stand is declared here; which arrows there are and what stands beside them comes from the table. An arrow without a way, or a way
/// without an arrow, is an error that names it.
/// </summary>
internal static class LifecycleDrawing
{
    private const int Width = 990, Height = 872, NodeHeight = 36, Line = 15;

    private static readonly (string Name, string Text, int X, int Y, int Width)[] s_nodes =
    [
        ("Refused", "Refused", 65, 85, 110), ("Rejected", "Rejected", 65, 400, 110),
        ("Created", "Created", 290, 85, 110), ("Held", "Held", 500, 85, 110), ("TriggeredHere", "Triggered", 790, 85, 130),
        ("PendingNew", "PendingNew", 305, 265, 130), ("Open", "Open", 565, 265, 130), ("Triggered", "Triggered", 565, 365, 130), ("PartiallyFilled", "PartiallyFilled", 565, 450, 130),
        ("PendingReplace", "PendingReplace", 810, 310, 130), ("PendingCancel", "PendingCancel", 305, 520, 130), ("Unknown", "Unknown", 305, 645, 130),
        ("Failed", "Failed", 275, 810, 100), ("Filled", "Filled", 420, 810, 100), ("CanceledAfterPartialFill", "CanceledAfterPartialFill", 590, 810, 190),
        ("Canceled", "Canceled", 765, 810, 110), ("Expired", "Expired", 890, 810, 100),
    ];

    private static readonly (string Name, string Title, int X, int Y, int Width, int Height)[] s_frames =
    [
        ("AnyNotSent", "not sent", 215, 20, 730, 115), ("AnyHeld", "held here", 425, 45, 500, 80),
        ("AnySent", "sent", 215, 185, 730, 510), ("AnyCertain", "in no doubt", 230, 210, 700, 370), ("AnyKnown", "known to be there", 460, 225, 455, 265),
    ];

    /// <summary>Corners of each arrow, and where its words begin.</summary>
    private static readonly (string From, string To, (int X, int Y)[] Way, int X, int Y)[] s_ways =
    [
        ("Created", "Held", [(345, 85), (445, 85)], 375, 79),
        ("Held", "TriggeredHere", [(555, 85), (725, 85)], 615, 79),
        ("AnyNotSent", "Refused", [(215, 85), (120, 85)], 146, 79),
        ("AnyNotSent", "PendingNew", [(345, 135), (345, 247)], 352, 165),
        ("AnyHeld", "Canceled", [(925, 70), (972, 70), (972, 852), (765, 852), (765, 828)], 772, 846),
        ("AnyHeld", "Expired", [(925, 100), (960, 100), (960, 810), (940, 810)], 884, 165),

        ("PendingNew", "Open", [(370, 265), (500, 265)], 377, 259),
        ("PendingNew", "Triggered", [(330, 283), (330, 365), (500, 365)], 337, 359),
        ("PendingNew", "PartiallyFilled", [(280, 283), (280, 450), (500, 450)], 337, 444),
        ("Open", "Triggered", [(545, 283), (545, 347)], 552, 320),
        ("Triggered", "PartiallyFilled", [(545, 383), (545, 432)], 552, 412),
        ("Open", "PartiallyFilled", [(630, 265), (680, 265), (680, 450), (630, 450)], 633, 412),
        ("AnyKnown", "PendingReplace", [(810, 225), (810, 292)], 817, 262),
        ("PendingReplace", LifecycleEdges.Standing, [(810, 328), (810, 610)], 817, 530),
        ("AnyCertain", "PendingCancel", [(262, 580), (262, 538)], 269, 568),
        ("PendingCancel", LifecycleEdges.Standing, [(370, 520), (660, 520), (660, 610)], 377, 514),

        ("AnyCertain", "Unknown", [(285, 580), (285, 627)], 291, 608),
        ("PendingCancel", "Unknown", [(352, 538), (352, 627)], 358, 598),
        ("AnyKnown", "Unknown", [(480, 490), (480, 645), (370, 645)], 400, 639),
        ("AnySent", LifecycleEdges.Standing, [(945, 643), (870, 643)], 877, 637),

        ("PendingNew", "Rejected", [(240, 265), (65, 265), (65, 382)], 100, 259),
        ("PendingCancel", "Rejected", [(240, 520), (85, 520), (85, 418)], 100, 499),
        ("Unknown", "Rejected", [(240, 645), (45, 645), (45, 418)], 100, 624),
        ("AnySent", "Rejected", [(215, 400), (120, 400)], 126, 379),

        ("AnySent", "Failed", [(245, 695), (245, 792)], 251, 713),
        ("AnySent", "Filled", [(385, 695), (385, 792)], 391, 713),
        ("AnySent", "CanceledAfterPartialFill", [(530, 695), (530, 792)], 536, 713),
        ("AnySent", "Canceled", [(725, 695), (725, 792)], 731, 713),
        ("AnySent", "Expired", [(850, 695), (850, 792)], 856, 713),
    ];

    private const string Style = """
        svg { --ground: #ffffff; --ink: #1f2328; --faint: #818b98; --frame: #c4ccd5; --box: #f3f5f8; --ours: #0758c9; --doubt: #9a5a00; --doubtbox: #fff3d6; --over: #e6eaef }
        @media (prefers-color-scheme: dark) { svg { --ground: #0d1117; --ink: #e6edf3; --faint: #8b949e; --frame: #3b434d; --box: #1b222b; --ours: #6cb0ff; --doubt: #e3b341; --doubtbox: #3a2d0b; --over: #2b333d } }
        .ground { fill: var(--ground) } .frame { fill: none; stroke: var(--frame) } .node { fill: var(--box); stroke: var(--ink) } .over { fill: var(--over); stroke: var(--ink); stroke-width: 2 }
        .unsure { fill: var(--doubtbox); stroke: var(--doubt) } .choice { fill: var(--ground); stroke: var(--ink); stroke-dasharray: 4 3 } text { fill: var(--ink) } .name { font-size: 13px; font-weight: 600 }
        .title { fill: var(--faint) } .if { fill: var(--faint); font-style: italic } path { fill: none; stroke: var(--ink) } path.ours { stroke: var(--ours) } path.doubt { stroke: var(--doubt) }
        .tip { fill: var(--ink); stroke: none } .tip.ours { fill: var(--ours) } .tip.doubt { fill: var(--doubt) } text.ours { fill: var(--ours) } text.doubt { fill: var(--doubt) } .over-words { paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round }
        """;

    public static string Svg()
    {
        Match();
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" font-family=\"DejaVu Sans, Verdana, Helvetica, Arial, sans-serif\" font-size=\"12\">\n");
        svg.Append("<title>The life of an order</title>\n<style>\n").Append(Style).Append("\n</style>\n");
        svg.Append($"<rect class=\"ground\" width=\"{Width}\" height=\"{Height}\" rx=\"8\"/>\n");
        foreach ((_, string title, int x, int y, int width, int height) in s_frames)
        {
            svg.Append($"<rect class=\"frame\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>\n");
            if (title.Length > 0) Text(svg, "title", x + 8, y + 16, title);
        }
        foreach ((string from, string to, (int, int)[] way, _, _) in s_ways) Arrow(svg, Edge(from, to), way);
        foreach ((string name, string text, int x, int y, int width) in s_nodes) Node(svg, name, text, x, y, width);
        StandingNode(svg);
        foreach ((string from, string to, _, int x, int y) in s_ways) Words(svg, Edge(from, to), x, y);
        Legend(svg);
        return svg.Append("</svg>\n").ToString();
    }

    private static LifecycleEdge Edge(string from, string to) => LifecycleEdges.All.Single(edge => (edge.From, edge.To) == (from, to));

    private static void Match()
    {
        IEnumerable<(string, string)> ways = s_ways.Select(way => (way.From, way.To)), edges = LifecycleEdges.All.Select(edge => (edge.From, edge.To));
        string[] missing = [.. edges.Except(ways).Select(edge => $"draw {edge}"), .. ways.Except(edges).Select(way => $"no longer so: {way}")];
        if (missing.Length > 0) throw new InvalidOperationException(string.Join('\n', missing));
    }

    private static void Arrow(StringBuilder svg, LifecycleEdge edge, (int X, int Y)[] way)
    {
        string kind = KindOf(edge.Inputs[0]);
        svg.Append($"<path class=\"{kind}\" d=\"M{string.Join(" L", way.Select(point => $"{point.X} {point.Y}"))}\"/>\n");
        ((int x0, int y0), (int x, int y)) = (way[^2], way[^1]);
        (int dx, int dy) = (Math.Sign(x - x0), Math.Sign(y - y0));
        svg.Append($"<polygon class=\"tip {kind}\" points=\"{x},{y} {x - (9 * dx) - (4 * dy)},{y - (9 * dy) - (4 * dx)} {x - (9 * dx) + (4 * dy)},{y - (9 * dy) + (4 * dx)}\"/>\n");
    }

    private static void Words(StringBuilder svg, LifecycleEdge edge, int x, int y)
    {
        foreach (OrderInput input in edge.Inputs)
        {
            Text(svg, $"over-words {KindOf(input)}", x, y, input.ToString());
            y += Line;
        }
        if (edge.If is not null) Text(svg, "over-words if", x, y, edge.If);
    }

    private static void Node(StringBuilder svg, string name, string text, int x, int y, int width)
    {
        string kind = name == "Unknown" ? "unsure" : OrderState.All.Skip(OrderState.LiveCount).Any(state => LifecycleEdges.NameOf(state) == name) ? "over" : "node";
        svg.Append($"<rect class=\"{kind}\" x=\"{x - (width / 2)}\" y=\"{y - (NodeHeight / 2)}\" width=\"{width}\" height=\"{NodeHeight}\" rx=\"6\"/>\n");
        Text(svg, "name\" text-anchor=\"middle", x, y + 5, text);
    }

    private static void StandingNode(StringBuilder svg)
    {
        svg.Append("<rect class=\"choice\" x=\"520\" y=\"610\" width=\"350\" height=\"66\" rx=\"6\"/>\n");
        string[] outcomes = [.. LifecycleEdges.Outcomes(LifecycleRule.Standing).Select(status => status.ToString())];
        Text(svg, "name\" text-anchor=\"middle", 695, 628, "what it is by all that is known:");
        Text(svg, "\" text-anchor=\"middle", 695, 647, string.Join(", ", outcomes.Take(outcomes.Length / 2)) + ",");
        Text(svg, "\" text-anchor=\"middle", 695, 664, string.Join(", ", outcomes.Skip(outcomes.Length / 2)));
    }

    private static void Legend(StringBuilder svg)
    {
        Text(svg, "ours", 16, 715, "what we do");
        Text(svg, "venue", 16, 733, "what the venue reports");
        Text(svg, "doubt", 16, 751, "doubt, and its answers");
        Text(svg, "title", 16, 779, "An arrow from a frame");
        Text(svg, "title", 16, 794, "holds for all states in it.");
        Text(svg, "title", 16, 817, "Thick: the order is over.");
    }

    private static string KindOf(OrderInput input) => input <= OrderInput.SendReplace ? "ours" : input >= OrderInput.Doubt ? "doubt" : "venue";

    private static void Text(StringBuilder svg, string kind, int x, int y, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{kind}\" x=\"{x}\" y=\"{y}\">{SecurityElement.Escape(text)}</text>\n");
}
