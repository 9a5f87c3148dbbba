using Fathom.Analytics.Reports;
using Fathom.Data.Files;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Host.Runs;

/// <summary>Streams what strategies write to files: <c>log.jsonl</c> (an object per log record), <c>plots.csv</c> (a row per point of a curve) and <c>annotations.csv</c>. Each is made when its first line
/// comes: a run without has no empty ones, and none of an earlier run.</summary>
/// <param name="owner">Name of a strategy, by its number in outputs.</param>
/// <param name="symbol">Of an instrument; empty where there is none.</param>
public sealed class NoteRecorder(RunFolder folder, Func<OutputHeader, string> owner, Func<InstrumentId, string> symbol) : IRunObserver, IDisposable
{
    private static readonly string[] PlotColumns = ["time", "strategy", "name", "value"];

    private static readonly string[] AnnotationColumns = ["time", "strategy", "instrument", "mid", "text"];

    private readonly List<string> _names = [];      // of one record's fields
    private JsonLinesFile? _log;
    private CsvFile? _plots, _annotations;

    public void OnPlot(in PlotEvent plot)
    {
        _plots ??= CsvFile.Create(folder.PathOf(RunFolder.Plots), PlotColumns);
        _plots.Add(plot.Header.ReceiveTime.Nanos);
        _plots.Add(owner(plot.Output));
        _plots.Add(plot.Name.ToString());
        _plots.Add(plot.Value);
        _plots.EndRow();
    }

    public void OnAnnotation(in AnnotationEvent annotation)
    {
        _annotations ??= CsvFile.Create(folder.PathOf(RunFolder.Annotations), AnnotationColumns);
        _annotations.Add(annotation.Header.ReceiveTime.Nanos);
        _annotations.Add(owner(annotation.Output));
        _annotations.Add(symbol(annotation.Header.Instrument));
        _annotations.Add(annotation.Mid);
        _annotations.Add(annotation.Text.ToString());
        _annotations.EndRow();
    }

    public void OnLog(in LogEvent entry)
    {
        _log ??= JsonLinesFile.Create(folder.PathOf(RunFolder.Log));
        _log.Line.WriteStartObject();
        _log.Line.WriteString("time", entry.Header.ReceiveTime.ToString());
        _log.Line.WriteString("strategy", owner(entry.Output));
        _log.Line.WriteString("level", Words.Of(entry.Level));
        _log.Line.WriteString("message", entry.Message);
        WriteFields(_log, in entry);
        _log.Line.WriteNumber("input", entry.Output.Cause);
        _log.Line.WriteEndObject();
        _log.EndLine();
    }

    /// <summary>Gives the files their names. Of those that this run did not need none stays that an earlier one left.</summary>
    public void Complete()
    {
        _log?.Complete();
        _plots?.Complete();
        _annotations?.Complete();
        if (_log is null) File.Delete(folder.PathOf(RunFolder.Log));
        if (_plots is null) File.Delete(folder.PathOf(RunFolder.Plots));
        if (_annotations is null) File.Delete(folder.PathOf(RunFolder.Annotations));
    }

    public void Dispose()
    {
        _log?.Dispose();
        _plots?.Dispose();
        _annotations?.Dispose();
    }

    private void WriteFields(JsonLinesFile log, in LogEvent entry)
    {
        log.Line.WriteStartObject("fields");
        _names.Clear();
        foreach (LogField field in entry.Fields())
        {
            log.Line.WritePropertyName(Unused(field.Name));
            Write(log, field);
        }
        log.Line.WriteEndObject();
        if (entry.FieldsLeftOut > 0) log.Line.WriteNumber("fields_left_out", entry.FieldsLeftOut);
    }

    /// <summary>Numbers are numbers, NaN is null; a price and a quantity are text, as everything that is exact.</summary>
    private static void Write(JsonLinesFile log, LogField field)
    {
        switch (field.Kind)
        {
            case LogFieldKind.Number: log.Line.WriteNumberOrNull(field.Number); break;
            case LogFieldKind.Integer: log.Line.WriteNumberValue(field.Integer); break;
            case LogFieldKind.Boolean: log.Line.WriteBooleanValue(field.Boolean); break;
            default: log.Line.WriteStringValue(field.Text); break;
        }
    }

    /// <summary>An object has each name once: the second "side" is "side#2".</summary>
    private string Unused(string name)
    {
        string unused = name;
        for (int number = 2; _names.Contains(unused); number++) unused = $"{name}#{number}";
        _names.Add(unused);
        return unused;
    }
}
