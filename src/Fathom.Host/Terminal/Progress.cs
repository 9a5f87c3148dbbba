using System.Diagnostics;
using Spectre.Console;

namespace Fathom.Host.Terminal;

/// <summary>One line that says how far long work has come: share, events, events per second, time left. It is drawn at most ten times a second and
/// wiped at the end; where nobody watches (piped, <c>--json</c>) it does nothing.</summary>
/// <remarks>The console library's own progress wants to own the loop and draws from a second thread; here the work owns the loop.</remarks>
public sealed class Progress : IDisposable
{
    private const int BarWidth = 24;
    private const double LeftShareMin = 1e-4;         // before that the time left is a guess
    private const string LineStart = "\r\u001b[K";      // back to the first column, wipe the line

    private static readonly long DrawInterval = Stopwatch.Frequency / 10;

    private readonly IAnsiConsole _console;
    private readonly string _what;
    private readonly bool _isShown;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _nextDraw;
    private bool _isDrawn;

    internal Progress(IAnsiConsole console, string what, bool isShown)
    {
        _console = console;
        _what = what;
        _isShown = isShown;
        _nextDraw = _start + DrawInterval;
    }

    /// <summary>Call it once a batch: it costs a clock reading.</summary>
    /// <param name="events">Events done so far.</param>
    /// <param name="share">Part of the work done, 0 to 1; NaN when nobody knows how much there is.</param>
    public void Update(long events, double share)
    {
        if (!_isShown) return;
        long now = Stopwatch.GetTimestamp();
        if (now < _nextDraw) return;
        _nextDraw = now + DrawInterval;
        Draw(events, share, Stopwatch.GetElapsedTime(_start, now));
    }

    public void Dispose()
    {
        if (_isDrawn) _console.Profile.Out.Writer.Write(LineStart);
        _isDrawn = false;
    }

    /// <summary>The line as markup.</summary>
    internal static string Line(string what, long events, double share, TimeSpan elapsed)
    {
        string rate = $"{Count(events)} events  {Count(events / Math.Max(elapsed.TotalSeconds, 1e-3))}/s";
        if (!double.IsFinite(share)) return $"{what.EscapeMarkup()}  {rate}";
        share = Math.Clamp(share, 0, 1);
        int filled = (int)(share * BarWidth);
        string left = share > LeftShareMin ? $"  {Clock(elapsed * ((1 - share) / share))} left" : "";
        return $"{what.EscapeMarkup()} [green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {share,4:P0}  {rate}[grey]{left}[/]";
    }

    private void Draw(long events, double share, TimeSpan elapsed)
    {
        _isDrawn = true;
        _console.Profile.Out.Writer.Write(LineStart);
        _console.Markup(Line(_what, events, share, elapsed));
    }

    private static string Count(double number) => number switch
    {
        >= 1e9 => $"{number / 1e9:0.0} G",
        >= 1e6 => $"{number / 1e6:0.0} M",
        >= 1e3 => $"{number / 1e3:0.0} k",
        _ => $"{number:0}",
    };

    private static string Clock(TimeSpan time) => time.TotalHours >= 1 ? $"{(long)time.TotalHours}:{time:mm\\:ss}" : $"{time:m\\:ss}";
}
