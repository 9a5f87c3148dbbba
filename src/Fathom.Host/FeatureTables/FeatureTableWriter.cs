using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Host.FeatureTables;

/// <summary>
/// Writes rows in the order in which they were taken. Features are written as they were at the row's moment; a row with labels waits until its horizons have passed, so that memory is bounded by the longest of them
/// and not by the length of the data.
/// </summary>
internal sealed class FeatureTableWriter
{
    /// <summary>Numbers in rows that wait: 400 MB.</summary>
    public const long WaitingMax = 50_000_000;

    /// <summary>What a label keeps of a row until its horizon is over, in numbers.</summary>
    private const int LabelNumbers = 12;

    private readonly CsvFile _file;
    private readonly FeatureTableColumns _columns;
    private readonly LabelTracker[] _labels;
    private readonly long _waitingMax;
    private readonly Queue<WaitingRow> _waiting = [];
    private readonly Stack<WaitingRow> _free = [];
    private readonly List<string?> _symbols = [];      // by instrument
    private readonly List<long> _rowsOf = [];
    private double[] _mids = [];
    private long _taken;

    /// <param name="file">With its first row.</param>
    public FeatureTableWriter(CsvFile file, FeatureTableColumns columns, long waitingMax = WaitingMax)
    {
        (_file, _columns, _waitingMax) = (file, columns, waitingMax);
        _labels = [.. columns.Labels.Select((label, i) => columns.Track(label, i))];
        Missing = new long[columns.Names.Count];
    }

    public long RowCount => _file.RowCount;

    public Timestamp First { get; private set; } = Timestamp.None;

    public Timestamp Last { get; private set; } = Timestamp.None;

    /// <summary>By column, time and instrument included.</summary>
    public long[] Missing { get; }

    /// <summary>Symbols of the instruments that have rows, and how many.</summary>
    public IEnumerable<(string Symbol, long Rows)> Instruments => _symbols.Zip(_rowsOf).Where(pair => pair.First is not null).Select(pair => (pair.First!, pair.Second));

    /// <summary>Time went on: everything before it is known.</summary>
    public void Advance(Timestamp now)
    {
        if (_waiting.Count == 0) return;
        foreach (LabelTracker label in _labels) label.Advance(now, _mids);
        Flush();
    }

    /// <summary>The mid of a sound book moved; <see cref="Advance"/> has come first.</summary>
    public void Move(InstrumentId instrument, double mid, Timestamp now)
    {
        if (instrument.Index >= _mids.Length) Grow(instrument.Index + 1);
        foreach (LabelTracker label in _labels) label.Move(instrument, mid, now);
        _mids[instrument.Index] = mid;
    }

    /// <exception cref="InputException">Too many rows wait for their labels, or the file cannot be written.</exception>
    public void Take(Timestamp time, InstrumentId instrument, string symbol, ReadOnlySpan<double> features)
    {
        if (instrument.Index >= _mids.Length) Grow(instrument.Index + 1);
        while (_symbols.Count <= instrument.Index)
        {
            _symbols.Add(null);
            _rowsOf.Add(0);
        }
        _symbols[instrument.Index] ??= symbol;
        long waiting = (_waiting.Count + 1L) * (features.Length + _labels.Length);
        foreach (LabelTracker label in _labels) waiting += (long)LabelNumbers * label.WaitingCount;
        if (waiting > _waitingMax) throw TooMany();
        WaitingRow row = _free.TryPop(out WaitingRow? used) ? used : new WaitingRow(features.Length, _labels.Length);
        row.Begin(++_taken, time, instrument, features);
        foreach (LabelTracker label in _labels) label.Add(row, _mids[instrument.Index]);
        _waiting.Enqueue(row);
        Flush();
    }

    /// <summary>Nothing more comes.</summary>
    /// <param name="last">Up to which time everything is known.</param>
    public void Finish(Timestamp last)
    {
        foreach (LabelTracker label in _labels) label.Finish(last, _mids);
        Flush();
        Invariant.Require(_waiting.Count == 0, "at the end every row is complete");
    }

    private void Flush()
    {
        while (_waiting.TryPeek(out WaitingRow? row) && row.IsComplete)
        {
            Write(row);
            _waiting.Dequeue();
            _free.Push(row);
        }
    }

    private void Write(WaitingRow row)
    {
        if (First.IsNone) First = row.Time;
        Last = row.Time;
        _rowsOf[row.Instrument.Index]++;
        _file.Add(row.Time.ToString());
        _file.Add(_symbols[row.Instrument.Index]);
        int column = FeatureTableColumns.Leading;
        foreach (double value in row.Features) Add(column++, value);
        for (int i = 0; i < _labels.Length; i++)
        {
            Add(column++, row.Labels[i]);
            if (!_columns.Labels[i].HasTime) continue;
            if (row.Times[i].IsNone)
            {
                Missing[column]++;
                _file.AddEmpty();
            }
            else
            {
                _file.Add(row.Times[i].ToString());
            }
            column++;
        }
        _file.EndRow();
    }

    private void Add(int column, double value)
    {
        if (double.IsNaN(value)) Missing[column]++;
        _file.Add(value);
    }

    private void Grow(int count)
    {
        int before = _mids.Length;
        Array.Resize(ref _mids, Math.Max(count, 2 * before));
        _mids.AsSpan(before).Fill(double.NaN);
    }

    private InputException TooMany() => new(
        "features.label", $"{_waiting.Count} rows that wait for their labels", $"at most {_waitingMax} numbers in rows that wait",
        "Shorten the longest horizon, or take fewer rows, for example [features.table] rows = \"1s\".");
}
