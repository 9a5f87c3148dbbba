using System.Globalization;
using System.Net;
using System.Text;
using Fathom.Domain.Values;

namespace Fathom.Host.Torture;

/// <summary>
/// Draws who told whom what, and when: engine, network and venue as lines from top to bottom, messages as arrows that slant by the time they travel. A lost one ends in a cross on the network's
/// line, a delayed one waits there, a duplicate is dashed.
/// </summary>
/// <remarks>
/// Time runs downwards but not to scale: what matters lies microseconds and seconds apart on one page. Each moment has a row of its own, in order, and the time is written beside it; a long pause
/// is a gap that says how long it was. A row has four places (note and arrow of the engine, arrow and note of the venue), so nothing is ever written over something else.
/// </remarks>
public sealed class SequenceDiagram
{
    private const int Width = 1160, TimeX = 112, EngineX = 372, NetworkX = 598, VenueX = 824, NoteGap = 12, Top = 64, Bottom = 30;
    private const int RowHeight = 26, SharedRowHeight = 22, GapHeight = 50, LossDrop = 10, LabelLift = 5;
    private const int LabelGap = 14, LabelMax = 66, NoteMax = 40;
    private const long PauseNanos = 100_000_000;

    private const string Style = """
        .sd{font:12px system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;--bg:#fff;--fg:#1f2328;--mute:#656d76;--line:#d0d7de;--msg:#0969da;--good:#1a7f37;--doubt:#9a6700;--bad:#cf222e;--box:#f6f8fa}
        @media(prefers-color-scheme:dark){.sd{--bg:#0d1117;--fg:#e6edf3;--mute:#8b949e;--line:#3d444d;--msg:#58a6ff;--good:#3fb950;--doubt:#d29922;--bad:#f85149;--box:#161b22}}
        .sd .bg{fill:var(--bg)}.sd text{fill:var(--fg)}.sd .h{font-weight:600;font-size:13px}.sd .t{fill:var(--mute);font-variant-numeric:tabular-nums;font-size:11px}
        .sd .life{stroke:var(--line);stroke-width:2}.sd .net{stroke:var(--line);stroke-width:14;opacity:.35}.sd .pause{stroke:var(--bg);stroke-width:16}.sd .dots{stroke:var(--mute);stroke-width:2;stroke-dasharray:2 5}
        .sd .m{stroke:var(--msg);stroke-width:1.5;fill:none}.sd .head{fill:var(--msg)}.sd .m.dup{stroke-dasharray:5 4}.sd .m.late{stroke:var(--doubt)}.sd .head.late{fill:var(--doubt)}.sd .m.lost,.sd .m.forged{stroke:var(--bad)}.sd .head.forged{fill:var(--bad)}.sd .x{stroke:var(--bad);stroke-width:2.5}
        .sd .l{paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}.sd .r{font-style:italic}.sd .r.lost,.sd .r.forged{fill:var(--bad)}.sd .r.late,.sd .r.dup{fill:var(--doubt)}
        .sd .n{fill:var(--box);stroke:var(--line)}.sd .dot{fill:var(--mute)}.sd .good{fill:var(--good)}.sd .doubt{fill:var(--doubt)}.sd .bad{fill:var(--bad)}
        """;

    private readonly StringBuilder _svg = new();
    private readonly List<Row> _rows = [];
    private readonly Dictionary<object, int> _starts = new(ReferenceEqualityComparer.Instance), _ends = new(ReferenceEqualityComparer.Instance);

    private SequenceDiagram() { }

    private enum Place : byte { EngineNote, EngineArrow, VenueArrow, VenueNote }

    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="messages">In the order in which they were sent.</param>
    /// <param name="notes">In the order in which they happened.</param>
    /// <returns>An SVG element that stands alone, light or dark as its reader prefers.</returns>
    public static string Draw(string title, IReadOnlyList<DiagramMessage> messages, IReadOnlyList<DiagramNote> notes)
    {
        SequenceDiagram diagram = new();
        diagram.PlaceAll(messages, notes);
        diagram.Write(title, messages, notes);
        return diagram._svg.ToString();
    }

    // ---- where everything stands

    private void PlaceAll(IReadOnlyList<DiagramMessage> messages, IReadOnlyList<DiagramNote> notes)
    {
        IEnumerable<Point> points = messages.Where(message => message.Fate != DiagramFate.Lost).Select(message => new Point(message.Arrived, message.ArrivedOrder, 0, message, message.ToVenue ? Place.VenueArrow : Place.EngineArrow, IsEnd: true))
            .Concat(notes.Select(note => new Point(note.Time, note.Order, 1, note, note.AtVenue ? Place.VenueNote : Place.EngineNote, IsEnd: false)))
            .Concat(messages.Select(message => new Point(message.Sent, message.SentOrder, 2, message, message.ToVenue ? Place.EngineArrow : Place.VenueArrow, IsEnd: false)));
        foreach (Point point in points.OrderBy(point => point.Time.Nanos).ThenBy(point => point.Order).ThenBy(point => point.Kind))
        {
            int row = RowFor(point);
            (point.IsEnd ? _ends : _starts)[point.What] = row;
        }
    }

    private int RowFor(Point point)
    {
        if (_rows.Count > 0 && _rows[^1].Time == point.Time && CanShare(_rows[^1], point))
        {
            _rows[^1] = _rows[^1] with { Places = _rows[^1].Places | Bit(point.Place) };
            return _rows.Count - 1;
        }
        long pause = _rows.Count == 0 ? 0 : point.Time.Nanos - _rows[^1].Time.Nanos;
        int height = _rows.Count == 0 ? 0 : pause == 0 ? SharedRowHeight : pause >= PauseNanos ? GapHeight : RowHeight;
        int y = _rows.Count == 0 ? Top + RowHeight : _rows[^1].Y + height;
        _rows.Add(new Row(point.Time, y, Bit(point.Place), pause >= PauseNanos ? pause : 0, IsNew: _rows.Count == 0 || pause > 0));
        return _rows.Count - 1;
    }

    /// <summary>What one side does at one moment stands in one row: the arrow that arrives or leaves, and one note.</summary>
    private static bool CanShare(Row row, Point point) => (row.Places & Bit(point.Place)) == 0 && (row.Places & SideOf(point.Place)) == row.Places;

    private static int Bit(Place place) => 1 << (int)place;

    private static int SideOf(Place place) => place <= Place.EngineArrow ? Bit(Place.EngineNote) | Bit(Place.EngineArrow) : Bit(Place.VenueArrow) | Bit(Place.VenueNote);

    // ---- what is written

    private void Write(string title, IReadOnlyList<DiagramMessage> messages, IReadOnlyList<DiagramNote> notes)
    {
        int height = (_rows.Count == 0 ? Top : _rows[^1].Y) + Bottom;
        Append($"<svg class=\"sd\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Text(title)}\">\n");
        Append($"<style>{Style}</style>\n<rect class=\"bg\" width=\"{Width}\" height=\"{height}\" rx=\"6\"/>\n");
        Append($"<text class=\"h\" x=\"20\" y=\"26\">{Text(title)}</text>\n");
        foreach ((int x, string name) in new[] { (EngineX, "engine"), (NetworkX, "network"), (VenueX, "venue") })
        {
            Append($"<text class=\"h\" x=\"{x}\" y=\"{Top - 10}\" text-anchor=\"middle\">{name}</text>\n");
            Append($"<line class=\"{(x == NetworkX ? "net" : "life")}\" x1=\"{x}\" y1=\"{Top}\" x2=\"{x}\" y2=\"{height - 12}\"/>\n");
        }
        WriteTimes();
        foreach (DiagramMessage message in messages) WriteArrow(message);
        foreach (DiagramNote note in notes) WriteNote(note);
        foreach (DiagramMessage message in messages) WriteLabel(message);
        Append($"</svg>\n");
    }

    private void WriteTimes()
    {
        Timestamp start = _rows.Count == 0 ? default : _rows[0].Time;
        foreach (Row row in _rows)
        {
            if (row.Pause > 0)
            {
                int middle = row.Y - GapHeight / 2;
                foreach (int x in new[] { EngineX, NetworkX, VenueX })
                {
                    Append($"<line class=\"pause\" x1=\"{x}\" y1=\"{middle - 9}\" x2=\"{x}\" y2=\"{middle + 9}\"/>");
                    Append($"<line class=\"dots\" x1=\"{x}\" y1=\"{middle - 8}\" x2=\"{x}\" y2=\"{middle + 9}\"/>\n");
                }
            }
            if (row.IsNew) Append($"<text class=\"t\" x=\"{TimeX}\" y=\"{row.Y + 4}\" text-anchor=\"end\">{(row.Time == start ? "0" : "+" + Span(row.Time.Nanos - start.Nanos))}</text>\n");
        }
    }

    private void WriteArrow(DiagramMessage message)
    {
        int from = FromX(message), to = message.ToVenue ? VenueX : EngineX, y = _rows[_starts[message]].Y;
        string kind = KindOf(message.Fate);
        if (message.Fate == DiagramFate.Lost)
        {
            int end = y + LossDrop;
            Append($"<line class=\"m lost\" x1=\"{from}\" y1=\"{y}\" x2=\"{NetworkX}\" y2=\"{end}\"/>");
            Append($"<path class=\"x\" d=\"M{NetworkX - 6} {end - 6}l12 12m0 -12l-12 12\"/>\n");
            return;
        }
        int last = _rows[_ends[message]].Y;
        if (message.Fate == DiagramFate.Delayed) Append($"<polyline class=\"m{kind}\" points=\"{from},{y} {NetworkX},{Math.Min(y + LossDrop, last)} {NetworkX},{Math.Max(last - LossDrop, y)} {to},{last}\"/>");
        else Append($"<line class=\"m{kind}\" x1=\"{from}\" y1=\"{y}\" x2=\"{to}\" y2=\"{last}\"/>");
        int back = message.ToVenue ? -9 : 9;
        Append($"<path class=\"head{kind}\" d=\"M{to} {last}l{back} -4v8z\"/>\n");
    }

    /// <summary>Above the arrow where it starts: no other one starts in this row, so it may be as long as the row.</summary>
    private void WriteLabel(DiagramMessage message)
    {
        bool isRightward = message.ToVenue != (message.Fate == DiagramFate.Forged);
        int x = FromX(message) + (isRightward ? LabelGap : -LabelGap), y = _rows[_starts[message]].Y - LabelLift;
        string label = Cut(message.Label, LabelMax), remark = message.Remark.Length == 0 ? "" : $"<tspan class=\"r{KindOf(message.Fate)}\" dx=\"8\">{Text(Cut(message.Remark, LabelMax - label.Length))}</tspan>";
        Append($"<text class=\"l\" x=\"{x}\" y=\"{y}\" text-anchor=\"{(isRightward ? "start" : "end")}\">{Text(label)}");
        _svg.Append(remark);
        Append($"</text>\n");
    }

    private static int FromX(DiagramMessage message) => message.Fate == DiagramFate.Forged ? NetworkX : message.ToVenue ? EngineX : VenueX;

    private void WriteNote(DiagramNote note)
    {
        int x = note.AtVenue ? VenueX : EngineX, y = _rows[_starts[note]].Y;
        int textX = note.AtVenue ? x + NoteGap : x - NoteGap;
        string tone = note.Tone == DiagramTone.Plain ? "" : " " + note.Tone.ToString().ToLowerInvariant();
        Append($"<circle class=\"dot{tone}\" cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/>");
        Append($"<text class=\"l{tone}\" x=\"{textX}\" y=\"{y + 4}\" text-anchor=\"{(note.AtVenue ? "start" : "end")}\">{Text(Cut(note.Text, NoteMax))}</text>\n");
    }

    private static string KindOf(DiagramFate fate) => fate switch
    {
        DiagramFate.Lost => " lost",
        DiagramFate.Duplicate => " dup",
        DiagramFate.Delayed => " late",
        DiagramFate.Forged => " forged",
        _ => "",
    };

    /// <summary>A span of time with three or so digits that matter.</summary>
    internal static string Span(long nanos) => nanos switch
    {
        >= 60_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanos / 1e9:0.0} s"),
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanos / 1e9:0.000} s"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanos / 1e6:0.###} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanos / 1e3:0.###} µs"),
    };

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..(max - 1)] + "…";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private void Append(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));

    /// <param name="Kind">At equal times and orders: what arrives, what it changes, what leaves because of it.</param>
    private readonly record struct Point(Timestamp Time, long Order, int Kind, object What, Place Place, bool IsEnd);

    /// <param name="Places">Bits of <see cref="Place"/> that are taken.</param>
    /// <param name="Pause">Nanoseconds since the row before where that is long; else 0.</param>
    /// <param name="IsNew">The first row of its moment.</param>
    private readonly record struct Row(Timestamp Time, int Y, int Places, long Pause, bool IsNew);
}
