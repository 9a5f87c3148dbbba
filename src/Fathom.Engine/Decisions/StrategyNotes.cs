using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Engine.Decisions;

/// <summary>
/// What one strategy writes into the run: points of curves, annotations, log records. They describe and decide nothing, so nothing about them may stop a strategy: what is too long is cut, what is
/// beyond a bound is counted and left out, and the log says so once. They are published at once: what a callback wrote stays when it fails.
/// </summary>
internal sealed class StrategyNotes(ushort strategy, ushort account, CurrentInput input, MarketState market, INotePublisher publisher)
{
    public const int CurvesMax = 64;
    public const int AnnotationsMax = 100_000;
    public const int RecordsMax = 100_000;

    private readonly List<(string Name, NameText Text)> _curves = [];
    private readonly long[] _byLevel = new long[(int)LogLevel.Error + 1];
    private long _plots, _annotations, _records, _plotsLeftOut, _annotationsLeftOut, _recordsLeftOut;

    /// <summary>An observer threw while it was shown something. That is not the strategy's exception, though it passes through its callback.</summary>
    public bool HasFailed { get; private set; }

    public NoteCounts Counts => new(
        _plots, _annotations, _byLevel[(int)LogLevel.Debug], _byLevel[(int)LogLevel.Info], _byLevel[(int)LogLevel.Warning], _byLevel[(int)LogLevel.Error],
        _plotsLeftOut, _annotationsLeftOut, _recordsLeftOut);

    public void Plot(string? name, double value)
    {
        if (!double.IsFinite(value)) return;
        int curve = CurveOf(name ?? "");
        if (curve < 0)
        {
            if (_plotsLeftOut++ == 0) Log(LogLevel.Warning, $"a strategy has at most {CurvesMax} curves: points of further ones are left out", [("curve", name ?? "")]);
            return;
        }
        _plots++;
        PlotEvent plot = new()
        {
            Header = Header<PlotEvent>(MessageType.PlotEvent, InstrumentId.None),
            Output = Output(),
            Name = _curves[curve].Text,
            Value = value,
        };
        BeginPublishing();
        publisher.Publish(ref plot);
        HasFailed = false;
    }

    /// <param name="instrument">One that is not defined counts as none.</param>
    public void Annotate(InstrumentId instrument, string? text)
    {
        if (_annotations == AnnotationsMax)
        {
            if (_annotationsLeftOut++ == 0) Log(LogLevel.Warning, $"a strategy has at most {AnnotationsMax} annotations: further ones are left out", []);
            return;
        }
        _annotations++;
        InstrumentId known = market.Instruments.Contains(instrument) ? instrument : InstrumentId.None;
        AnnotationEvent annotation = new()
        {
            Header = Header<AnnotationEvent>(MessageType.AnnotationEvent, known),
            Output = Output(),
            Mid = MidOf(known),
            Text = NoteText.Cut(text),
        };
        BeginPublishing();
        publisher.Publish(ref annotation);
        HasFailed = false;
    }

    /// <param name="level">What is no level counts as the nearest one.</param>
    public void Log(LogLevel level, string? message, ReadOnlySpan<LogField> fields)
    {
        level = level < LogLevel.Debug ? LogLevel.Debug : level > LogLevel.Error ? LogLevel.Error : level;
        _byLevel[(int)level]++;
        if (_records < RecordsMax)
        {
            _records++;
            Publish(level, message, fields);
        }
        else if (_recordsLeftOut++ == 0)
        {
            _byLevel[(int)LogLevel.Warning]++;
            Publish(LogLevel.Warning, $"a strategy has at most {RecordsMax} log records: further ones are left out", []);
        }
    }

    private void Publish(LogLevel level, string? message, ReadOnlySpan<LogField> fields)
    {
        LogEvent entry = new() { Header = Header<LogEvent>(MessageType.LogEvent, InstrumentId.None), Output = Output(), Level = level };
        entry.Write(message, fields);
        BeginPublishing();
        publisher.Publish(ref entry);
        HasFailed = false;
    }

    /// <summary>Until the observers have returned it counts as failed: whoever throws leaves it so.</summary>
    private void BeginPublishing()
    {
        Invariant.Require(!HasFailed, "an observer that fails ends the run");
        HasFailed = true;
    }

    /// <returns>Its place among the curves; below zero where there would be too many.</returns>
    private int CurveOf(string name)
    {
        for (int i = 0; i < _curves.Count; i++)
            if (_curves[i].Name == name) return i;
        if (_curves.Count == CurvesMax) return -1;
        _curves.Add((name, NameText.Cut(name)));
        return _curves.Count - 1;
    }

    private Price MidOf(InstrumentId instrument)
    {
        if (instrument.IsNone) return Price.None;
        OrderBook book = market.Books[instrument];
        if (!book.TryBest(out BookLevel bid, out BookLevel ask) || bid.Price > ask.Price || book.IsStale) return Price.None;
        Int128 twice = (Int128)bid.Price.Nanos + ask.Price.Nanos;
        Int128 half = twice >> 1;      // rounded down
        if ((twice & 1) != 0 && (half & 1) != 0) half++;
        return new Price((long)half);
    }

    private MessageHeader Header<T>(MessageType type, InstrumentId instrument) where T : unmanaged => MessageHeader.Create<T>(type, source: 0, instrument, input.Clock, input.Clock);

    private OutputHeader Output() => new() { Strategy = strategy, Account = account };
}
