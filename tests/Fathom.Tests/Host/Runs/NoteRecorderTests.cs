using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Runs;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Host.Runs;

/// <summary>Through the recorder of a run, which hands on what strategies write.</summary>
public sealed class NoteRecorderTests : IDisposable
{
    private static readonly string[] Files = [RunFolder.Log, RunFolder.Plots, RunFolder.Annotations];
    private static readonly Timestamp Time = new(1_715_126_400_000_000_007);      // 2024-05-08

    private readonly string _path = Directory.CreateTempSubdirectory("fathom-notes-").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void Each_kind_has_its_file()
    {
        Record(recorder =>
        {
            recorder.OnPlot(Plot("signal, smooth", 0.1));
            recorder.OnPlot(Plot("signal, smooth", -1e300));
            recorder.OnAnnotation(Annotation(0, Price.From(10.015m), "say \"hi\""));
            recorder.OnAnnotation(Annotation(-1, Price.None, "Größe"));
            recorder.OnLog(Entry(LogLevel.Info, "Größe \"x\"", ("spread", 2.5), ("nan", double.NaN), ("count", 3), ("side", "buy"), ("price", Price.From(10.5m)), ("quantity", Quantity.Units(2)), ("open", true)));
            recorder.OnLog(Entry(LogLevel.Error, "plain"));
        });
        Assert.Equal(["time,strategy,name,value", "1715126400000000007,taker,\"signal, smooth\",0.1", "1715126400000000007,taker,\"signal, smooth\",-1E+300"], Lines(RunFolder.Plots));
        Assert.Equal(["time,strategy,instrument,mid,text", "1715126400000000007,taker,X,10.015,\"say \"\"hi\"\"\"", "1715126400000000007,taker,,,Größe"], Lines(RunFolder.Annotations));
        Assert.Equal(
            [
                """{"time":"2024-05-08T00:00:00.000000007Z","strategy":"taker","level":"info","message":"Größe \"x\"","fields":{"spread":2.5,"nan":null,"count":3,"side":"buy","price":"10.50","quantity":"2","open":true},"input":41}""",
                """{"time":"2024-05-08T00:00:00.000000007Z","strategy":"taker","level":"error","message":"plain","fields":{},"input":41}""",
            ], Lines(RunFolder.Log));
    }

    [Fact]
    public void A_name_twice_in_a_record_gets_a_number_and_fields_without_room_are_counted()
    {
        Record(recorder => recorder.OnLog(Entry(LogLevel.Debug, "m", ("a", 1), ("a", 2), ("a#2", 3), ("a", 4), ("t", new string('x', 255)), ("u", new string('y', 255)), ("v", 1.5))));
        string line = Assert.Single(Lines(RunFolder.Log));
        Assert.Contains("""{"a":1,"a#2":2,"a#2#2":3,"a#3":4,"t":"xx""", line, StringComparison.Ordinal);
        Assert.Contains("""},"fields_left_out":1,"input":41}""", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_in_which_nobody_wrote_has_no_such_file_and_none_of_an_earlier_run()
    {
        foreach (string name in Files) File.WriteAllText(Path.Combine(_path, name), "of the run before");
        Record(recorder => recorder.OnAnnotation(Annotation(0, Price.None, "x")));
        Assert.Equal([RunFolder.Annotations], Files.Where(name => File.Exists(Path.Combine(_path, name))));
        Assert.Equal(2, Lines(RunFolder.Annotations).Length);
    }

    [Fact]
    public void A_run_that_does_not_end_leaves_nothing_and_takes_nothing_away()
    {
        File.WriteAllText(Path.Combine(_path, RunFolder.Log), "of the run before");
        Record(recorder => { recorder.OnLog(Entry(LogLevel.Info, "x")); recorder.OnPlot(Plot("x", 1)); }, isComplete: false);
        Assert.Equal([Path.Combine(_path, RunFolder.Log)], Directory.GetFileSystemEntries(_path));
        Assert.Equal(["of the run before"], Lines(RunFolder.Log));
    }

    private void Record(Action<RunRecorder> act, bool isComplete = true)
    {
        InstrumentDefinition known = AccountTests.Definition(new InstrumentId(0));
        using RunFolder folder = RunFolder.Create(_path);
        using RunRecorder recorder = new(folder, id => id.Index == 0 ? known : null, ["quoter", "taker"], [], static _ => null);
        act(recorder);
        if (isComplete) recorder.Complete();
    }

    private string[] Lines(string name) => File.ReadAllLines(Path.Combine(_path, name));

    private static PlotEvent Plot(string name, double value) => new()
    {
        Header = Header<PlotEvent>(MessageType.PlotEvent, -1),
        Output = new OutputHeader { Strategy = 1 },
        Name = NameText.Cut(name),
        Value = value,
    };

    private static AnnotationEvent Annotation(int instrument, Price mid, string text) => new()
    {
        Header = Header<AnnotationEvent>(MessageType.AnnotationEvent, instrument),
        Output = new OutputHeader { Strategy = 1 },
        Mid = mid,
        Text = NoteText.Cut(text),
    };

    private static LogEvent Entry(LogLevel level, string message, params ReadOnlySpan<LogField> fields)
    {
        LogEvent entry = new() { Header = Header<LogEvent>(MessageType.LogEvent, -1), Output = new OutputHeader { Strategy = 1, Cause = 41 }, Level = level };
        entry.Write(message, fields);
        return entry;
    }

    private static MessageHeader Header<T>(MessageType type, int instrument) where T : unmanaged => MessageHeader.Create<T>(type, 0, new InstrumentId(instrument), Time, Time);
}
