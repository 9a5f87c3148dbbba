using System.Runtime.CompilerServices;
using Fathom.Analytics.Series;
using Fathom.Domain.Messages;

namespace Fathom.Analytics.Notes;

/// <summary>Keeps what strategies write, in bounded memory: curves thinned, annotations evenly fewer, of the log the newest records that are more than for debugging. Nothing is
/// allocated for a run in which nobody writes, nor for a point of a curve whose series has its size.</summary>
internal sealed class NoteTracker(AnalysisOptions options)
{
    private readonly List<Curve>[] _curves = [.. options.Strategies.Select(_ => new List<Curve>())];
    private readonly EvenSample<AnnotationEvent> _annotations = new(options.AnnotationsMax);
    private LogEvent[] _newest = [];      // a ring once it is full

    /// <summary>Annotations, and log records that count.</summary>
    public long AnnotationTotal => _annotations.Total;

    /// <inheritdoc cref="AnnotationTotal"/>
    public long RecordTotal { get; private set; }

    public void Note(in PlotEvent plot) => PointsOf(in plot).Add(plot.Header.ReceiveTime, plot.Value);

    public void Note(in AnnotationEvent annotation) => _annotations.Add(annotation);

    public void Note(in LogEvent entry)
    {
        if (entry.Level < LogLevel.Info) return;
        if (_newest.Length == 0) _newest = new LogEvent[options.LogRecordsMax];
        _newest[(int)(RecordTotal++ % _newest.Length)] = entry;
    }

    /// <summary>In the order of strategies, then in which they were begun.</summary>
    public List<PlotHistory> Plots()
    {
        List<PlotHistory> plots = [];
        for (int strategy = 0; strategy < _curves.Length; strategy++)
            foreach (Curve curve in _curves[strategy]) plots.Add(new PlotHistory(curve.Name.ToString(), (ushort)strategy, curve.Points));
        return plots;
    }

    /// <summary>Oldest first.</summary>
    public List<AnnotationMark> Annotations() =>
        [.. _annotations.Kept.Select(kept => new AnnotationMark(kept.Header.ReceiveTime, kept.Output.Strategy, kept.Header.Instrument, kept.Mid, kept.Text.ToString()))];

    /// <summary>Newest first.</summary>
    public List<LogRecord> Records()
    {
        List<LogRecord> records = [];
        for (long number = RecordTotal - 1; number >= Math.Max(RecordTotal - _newest.Length, 0); number--)
        {
            ref readonly LogEvent entry = ref _newest[(int)(number % _newest.Length)];
            records.Add(new LogRecord(entry.Header.ReceiveTime, entry.Output.Strategy, entry.Level, entry.Message, entry.Fields(), entry.FieldsLeftOut, entry.Output.Cause));
        }
        return records;
    }

    private ThinnedSeries PointsOf(in PlotEvent plot)
    {
        ReadOnlySpan<byte> name = plot.Name;
        foreach (Curve curve in _curves[plot.Output.Strategy])
            if (curve.Is(name)) return curve.Points;
        return Begin(in plot);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ThinnedSeries Begin(in PlotEvent plot)
    {
        Curve curve = new(plot.Name, new ThinnedSeries(options.PlotPointsMax));
        _curves[plot.Output.Strategy].Add(curve);
        return curve.Points;
    }

    private sealed class Curve(NameText name, ThinnedSeries points)
    {
        private readonly NameText _name = name;

        public NameText Name => _name;
        public ThinnedSeries Points => points;

        public bool Is(ReadOnlySpan<byte> name) => name.SequenceEqual(_name);
    }
}
