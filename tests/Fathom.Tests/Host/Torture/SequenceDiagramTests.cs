using System.Globalization;
using System.Xml.Linq;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Host.Torture;

namespace Fathom.Tests.Host.Torture;

public class SequenceDiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void An_arrow_slants_by_the_time_it_travels_and_a_lost_one_ends_in_a_cross()
    {
        XElement svg = Draw([new(true, At(0), At(5), "#1 buy"), new(false, At(6), Timestamp.None, "#1 accepted", DiagramFate.Lost, "lost")], []);
        XElement arrow = svg.Descendants(Svg + "line").Single(line => Class(line) == "m");
        Assert.True(Number(arrow, "y2") > Number(arrow, "y1") && Number(arrow, "x2") > Number(arrow, "x1"), "down, and to the venue");
        XElement lost = svg.Descendants(Svg + "line").Single(line => Class(line) == "m lost");
        Assert.Equal((Number(arrow, "x1") + Number(arrow, "x2")) / 2, Number(lost, "x2"));
        Assert.Single(svg.Descendants(Svg + "path"), path => Class(path) == "x");
        Assert.Contains("lost", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_input_causes_stands_beneath_it_and_a_pause_says_how_long_it_was()
    {
        XElement svg = Draw([new(true, At(0), At(1), "first"), new(true, At(2_001), At(2_002), "second")], [new(At(2_001), false, "because")]);
        Assert.True(Y(svg, "first") < Y(svg, "because") && Y(svg, "because") > Y(svg, "second"), "a label stands above its line, a note on it");
        Assert.Equal(["0", "+1 ms", "+2.001 s", "+2.002 s"], svg.Descendants(Svg + "text").Where(text => Class(text) == "t").Select(text => text.Value));
        Assert.Equal(3, svg.Descendants(Svg + "line").Count(line => Class(line) == "dots"));
    }

    [Fact]
    public void Text_is_text()
    {
        XElement svg = Draw([new(true, At(0), At(1), "a < b & \"c\"")], [new(At(0), true, "<script>")]);
        Assert.Contains("a < b & \"c\"", svg.Value, StringComparison.Ordinal);
        Assert.Contains("<script>", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_at_all_is_an_empty_picture() => Assert.Equal("svg", Draw([], []).Name.LocalName);

    [Fact]
    public void Whatever_happens_time_runs_downwards_and_no_two_texts_of_one_side_share_a_place()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            SplitMix64 dice = new(seed);
            List<DiagramMessage> messages = [];
            List<DiagramNote> notes = [];
            long now = 0;
            for (int i = 0; i < 30; i++)
            {
                now += dice.NextBelow(3) == 0 ? 0 : dice.NextBelow(400);
                DiagramFate fate = (DiagramFate)dice.NextBelow(5);
                if (dice.NextBelow(3) == 0) notes.Add(new DiagramNote(At(now), dice.NextBelow(2) == 0, $"note {i}"));
                else messages.Add(new DiagramMessage(dice.NextBelow(2) == 0, At(now), fate == DiagramFate.Lost ? Timestamp.None : At(now + dice.NextBelow(300)), $"message {i}", fate));
            }
            XElement svg = Draw(messages, notes);
            foreach (DiagramMessage one in messages)
                foreach (DiagramMessage other in messages)
                    Assert.True(one.Sent >= other.Sent || Y(svg, one.Label) < Y(svg, other.Label), $"seed {seed}: {one.Label} left before {other.Label}");
            List<(double X, double Y)> places = [.. svg.Descendants(Svg + "text").Select(text => (Number(text, "x"), Number(text, "y")))];
            Assert.True(places.Count == places.Distinct().Count(), $"seed {seed}: two texts in one place");
        }
    }

    [Theory]
    [InlineData(1_500, "1.5 µs")]
    [InlineData(5_000_000, "5 ms")]
    [InlineData(1_234_567_890, "1.235 s")]
    [InlineData(61_000_000_000, "61.0 s")]
    public void Spans_have_the_digits_that_matter(long nanos, string text) => Assert.Equal(text, SequenceDiagram.Span(nanos));

    private static XElement Draw(IReadOnlyList<DiagramMessage> messages, IReadOnlyList<DiagramNote> notes) => XElement.Parse(SequenceDiagram.Draw("a title", messages, notes));

    private static double Y(XElement svg, string text) => Number(svg.Descendants(Svg + "text").Single(element => element.Value == text), "y");

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string? Class(XElement element) => element.Attribute("class")?.Value;

    private static Timestamp At(long milliseconds) => new(1_700_000_000_000_000_000 + milliseconds * 1_000_000);
}
