using Fathom.Analytics;
using Fathom.Analytics.Notes;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Analytics.Notes;

public class NoteTrackerTests
{
    private readonly NoteTracker _notes = new(new AnalysisOptions
    {
        Currency = Usd,
        Strategies = ["maker", "taker"],
        Instrument = _ => null,
        PlotPointsMax = 50,
        AnnotationsMax = 10,
        LogRecordsMax = 4,
    });

    [Fact]
    public void Curves_are_kept_by_strategy_and_name_with_all_their_points_until_there_are_too_many()
    {
        for (int i = 0; i < 8; i++)
        {
            _notes.Note(Plot(At(i), "b", i, strategy: 1));
            _notes.Note(Plot(At(i), "a", 10 * i, strategy: 1));
            _notes.Note(Plot(At(i), "a", -i, strategy: 0));
        }
        List<PlotHistory> plots = _notes.Plots();
        Assert.Equal([(0, "a"), (1, "b"), (1, "a")], plots.Select(plot => ((int)plot.Strategy, plot.Name)));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (At(i), 10.0 * i)), plots[2].Points.ToArray().Select(point => (point.Time, point.Low)));
        for (int i = 8; i < 10_000; i++) _notes.Note(Plot(At(i), "b", i == 777 ? 1e9 : 0, strategy: 1));
        Assert.Equal(10_000, plots[1].Points.Total);
        Assert.InRange(plots[1].Points.ToArray().Length, 10, 50);
        Assert.Contains(plots[1].Points.ToArray(), point => point.High == 1e9);
    }

    [Fact]
    public void Annotations_become_evenly_fewer_and_are_all_counted()
    {
        for (int i = 0; i < 100; i++) _notes.Note(Annotation(At(i), $"remark {i}", instrument: i % 2 - 1, mid: i % 2 == 0 ? null : 10m));
        List<AnnotationMark> marks = _notes.Annotations();
        Assert.Equal(100, _notes.AnnotationTotal);
        Assert.InRange(marks.Count, 5, 10);
        Assert.Equal((At(0), "remark 0", InstrumentId.None, Price.None), (marks[0].Time, marks[0].Text, marks[0].Instrument, marks[0].Mid));
        Assert.True(marks[^1].Time > At(80), "the end of the run is there too");
    }

    [Fact]
    public void Of_the_log_the_newest_stay_newest_first_and_those_for_debugging_do_not_count()
    {
        for (int total = 0; total < 11; total++)
        {
            Assert.Equal(total, _notes.RecordTotal);
            Assert.Equal(Enumerable.Range(0, total).Reverse().Take(4).Select(i => $"record {i}"), _notes.Records().Select(record => record.Message));
            _notes.Note(Entry(At(total), LogLevel.Debug, "not this one"));
            _notes.Note(Entry(At(total), total % 2 == 0 ? LogLevel.Info : LogLevel.Error, $"record {total}", ("i", total)));
        }
        LogRecord newest = _notes.Records()[0];
        Assert.Equal((At(10), (ushort)1, LogLevel.Info, 7L, "i=10"), (newest.Time, newest.Strategy, newest.Level, newest.Input, newest.Fields[0].ToString()));
    }

    [Fact]
    public void Nothing_is_allocated_once_everything_has_its_size()
    {
        PlotEvent plot = Plot(At(0), "signal", 1);
        LogEvent entry = Entry(At(0), LogLevel.Info, "x");
        AnnotationEvent annotation = Annotation(At(0), "x");
        Write();
        Assert.Equal(0, Allocated.AtLeast(Write));

        void Write()
        {
            for (int i = 0; i < 10_000; i++)
            {
                plot.Value = i;
                _notes.Note(in plot);
                _notes.Note(in entry);
                _notes.Note(in annotation);
            }
        }
    }
}
